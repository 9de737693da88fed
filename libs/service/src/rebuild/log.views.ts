import { Count, Nested, Text } from '#contracts';

/** The most events of one answer. */
const mostLogged = 1000;

/** The event of a stream after which to continue; streams are ordered by key. Without `key`: from the first one. */
export class ReadLog {
  @Text({ optional: true, max: 200 }) readonly key?: string;
  @Count() readonly version!: number;
  @Count({ min: 1, max: mostLogged }) readonly limit!: number;
}

/** An event as the relay sends it. */
export class LoggedEvent {
  @Text() readonly key!: string;
  /** Its fields, JSON in a text: byte for byte as in the topic. */
  @Text() readonly value!: string;
  /** Its CloudEvents headers, JSON in a text. */
  @Text() readonly headers!: string;
}

export class LogPage {
  @Nested(() => LoggedEvent, { list: true, max: mostLogged }) readonly items!: readonly LoggedEvent[];
}
