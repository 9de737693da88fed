import { Count, Id, Instant, event, schemaVersionOf } from '#contracts';
import type { DomainEvent, EventClass, InstantText } from '#contracts';
import { headersOf } from '../../cloud-events.ts';
import type { Ids } from '../../clock.ts';
import type { OutgoingMessage } from '../../messages.ts';

/** All are in `referrals.events`, because their types begin with `referral.`. */
export const testTopic = 'referrals.events';

/** Its `n` is its place in its stream, from 1. */
export class Noted extends event('referral.noted') {
  @Id() readonly referralId!: string;
  @Count() readonly n!: number;
}

/** Another type in the same streams, which only some groups read. */
export class Shelved extends event('referral.shelved') {
  @Id() readonly referralId!: string;
  @Count() readonly n!: number;
}

/** A watermark. */
export class Tide extends event('referral.tide') {
  @Instant() readonly asOf!: InstantText;
}

export const testTime = '2026-11-24T08:00:00.000Z';

/** `key(3)`: a UUID, the same at every run. */
export function key(n: number): string {
  return `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Messages as a relay sends them; it counts the versions of their streams. */
export class Streams {
  private readonly versions = new Map<string, number>();

  constructor(private readonly ids: Ids) {}

  /** The next event of the stream. */
  next(of: string, eventClass: EventClass<Noted | Shelved> = Noted): OutgoingMessage {
    const n = (this.versions.get(of) ?? 0) + 1;
    this.versions.set(of, n);
    return messageOf(this.ids, Object.assign(new eventClass(), { referralId: of, n }), of, n);
  }

  /** This many events, over these streams in turn. */
  many(count: number, keys: readonly string[]): readonly OutgoingMessage[] {
    return Array.from({ length: count }, (_, i) => this.next(keys[i % keys.length] ?? ''));
  }

  tide(partition: number): OutgoingMessage {
    const { headers, value } = messageOf(this.ids, Object.assign(new Tide(), { asOf: testTime }), '', 0);
    return { key: null, partition, headers, value };
  }
}

function messageOf(ids: Ids, what: DomainEvent, of: string, streamVersion: number): OutgoingMessage {
  const headers = headersOf({
    id: ids.next(),
    type: what.type,
    schemaVersion: schemaVersionOf(what),
    source: '/referrals',
    subject: `referral/${of}`,
    time: testTime,
    key: of,
    streamVersion,
    actor: { id: null, role: 'system', organizationId: null },
    causationId: null,
    correlationId: ids.next(),
    traceparent: null,
  });
  return { key: of, headers, value: JSON.stringify(what) };
}

/** The same message with some headers or the value changed; null removes a header. */
export function altered(
  message: OutgoingMessage,
  changes: { readonly headers?: Readonly<Record<string, string | null>>; readonly value?: string },
): OutgoingMessage {
  const headers = Object.entries({ ...message.headers, ...changes.headers }).filter(([, value]) => value !== null);
  return {
    ...message,
    headers: Object.fromEntries(headers) as Record<string, string>,
    value: changes.value ?? message.value,
  };
}
