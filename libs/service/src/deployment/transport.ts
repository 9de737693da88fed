import { embeddedTransport, kafkaTransport, type KafkaSecurity, type Transport } from '#events';
import { serviceUrls } from '#persistence';
import type { Log } from '../logs/log.ts';
import type { Secrets } from './secrets.ts';

export interface TransportSettings {
  readonly adminUrl: string;
  /** `host:port` each; without any, the embedded transport. */
  readonly brokers: readonly string[];
  readonly prefix?: string;
  readonly security?: KafkaSecurity;
  readonly secrets: Secrets;
  /** Receives the errors that the broker's client retries by itself. */
  readonly log?: Log;
  /** Called with a sentence that says what the transport waits for at the start. */
  readonly tell?: (words: string) => void;
}

/** Kafka if brokers are named, otherwise the embedded transport in the same PostgreSQL. The caller closes it. */
export function openTransport({ adminUrl, brokers, secrets, log, ...kafka }: TransportSettings): Transport {
  if (brokers.length > 0) {
    return kafkaTransport({ brokers, ...kafka, onWords: (words) => log?.debug({ context: 'kafkajs' }, words) });
  }
  const appUrl = (service: string): string => {
    const passwords = secrets.rolePasswords[service];
    if (passwords === undefined) throw new Error(`no passwords are given for the database roles of ${service}`);
    return serviceUrls(adminUrl, service, passwords).appUrl;
  };
  return embeddedTransport({ adminUrl, appUrl });
}
