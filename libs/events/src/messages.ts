/** A message to publish. With `key` null it goes to the named `partition`; otherwise the key chooses the partition. */
export interface OutgoingMessage {
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly partition?: number;
}

/** A message as a reader receives it. `offset` is a decimal text, because it may exceed 2^53. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends messages in the given order. `send` resolves when every message is stored and rejects when that is unknown. After
 * a rejection the publisher must not be used again (traps.md 2): close it and create a new one.
 */
export interface Publisher {
  send(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  /**
   * The number of partitions of the topic that carry messages, for messages that go to each of them. Rejects if the
   * transport does not answer.
   */
  partitionsOf(topic: string): Promise<number>;
  close(): Promise<void>;
}
