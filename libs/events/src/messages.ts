/** A message on its way to a topic. `key` null goes to the named `partition`; otherwise the key chooses it. */
export interface OutgoingMessage {
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly partition?: number;
}

/** A message as a reader finds it. `offset` is a decimal text that may pass 2^53. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends messages in the order given. `send` resolves when every message is stored and rejects when that is not known;
 * after a rejection the publisher must not be used again (traps.md 2): close it and take a new one.
 */
export interface Publisher {
  send(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  /** How many partitions of the topic carry messages: for what is said to each of them. Rejects when nobody answers. */
  partitionsOf(topic: string): Promise<number>;
  close(): Promise<void>;
}
