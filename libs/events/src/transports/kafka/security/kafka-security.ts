/** PEM texts. `ca` if the brokers' certificate is not signed by a well-known authority; the others for mutual TLS. */
export interface KafkaTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface KafkaLogin {
  readonly username: string;
  readonly password: string;
}

export type KafkaMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';

/** How an installation authenticates to the brokers. Nothing of it is ever printed. */
export interface KafkaSecurity {
  readonly tls?: KafkaTls;
  readonly sasl?: {
    readonly mechanism: KafkaMechanism;
    /** One per service, so that the cluster's rules limit each to its topics and groups. */
    readonly loginOf: (service: string) => KafkaLogin;
  };
}

/** An address says where the brokers are, which a readiness check need not reveal. */
export function withoutAddresses(words: string): string {
  return words.replace(/(?:\[[\da-f:]+\]|[\w.-]+):\d{2,5}\b/gi, 'the broker');
}
