/** PEM texts. `ca` where the brokers' certificate is not signed by a well-known authority; the others for mutual TLS. */
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

/** How a house shows the brokers who it is. Nothing of it is ever printed. */
export interface KafkaSecurity {
  readonly tls?: KafkaTls;
  readonly sasl?: {
    readonly mechanism: KafkaMechanism;
    /** Each service's own, so that the cluster's rules hold it to its topics and groups. */
    readonly loginOf: (service: string) => KafkaLogin;
  };
}

/** An address says where the brokers are: whoever asks whether we are ready need not know. */
export function withoutAddresses(words: string): string {
  return words.replace(/(?:\[[\da-f:]+\]|[\w.-]+):\d{2,5}\b/gi, 'the broker');
}
