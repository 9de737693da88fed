import type { Transport } from '../transport.ts';

export interface KafkaTransportOptions {
  /** `host:port`. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** Put before every topic and group name, so that several houses (or tests) share one cluster. */
  readonly prefix?: string;
}

/** Topics in Kafka, by kafkajs; its traps are rules 1 to 24 of traps.md. */
export function kafkaTransport(_options: KafkaTransportOptions): Transport {
  throw new Error('not built yet');
}
