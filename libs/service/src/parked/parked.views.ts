import { Code, Count, Id, Instant, Text, type EventId, type InstantText } from '#contracts';

/**
 * A parked entry (contract.md §2.4). `event`: the first event of a key that a group could not handle; later events of the
 * key wait behind it. `timer`: a timer that could not fire, in the group `timers`; `type` is its kind, `key` its stream.
 */
export class ParkedItem {
  @Code(['event', 'timer']) readonly kind!: 'event' | 'timer';
  @Id() readonly parkedId!: string;
  @Text() readonly group!: string;
  @Id({ nullable: true }) readonly eventId!: EventId | null;
  @Text({ optional: true }) readonly type!: string | null;
  @Text() readonly key!: string;
  @Text() readonly reason!: string;
  @Count() readonly attempts!: number;
  @Instant() readonly firstAt!: InstantText;
  @Count() readonly waitingBehind!: number;
}

export class RedriveAsked {
  @Id() readonly parkedId!: string;
}

/** Why an entry is discarded: it can never be read, it is not ours, or nobody needs it any more. */
const discardReasons = ['unreadable', 'not-ours', 'duplicate', 'obsolete', 'other'] as const;

/**
 * The person's statement that this entry can never be handled. The note must contain no client data: it is kept for ever.
 */
export class Discard {
  @Code(discardReasons) readonly reason!: (typeof discardReasons)[number];
  /** Required with the reason `other`. */
  @Text({ maxLength: 1000, optional: true }) readonly note?: string;
}

export class DiscardDone {
  @Id() readonly parkedId!: string;
}

/** A discarded entry: which event or timer, why it was parked, and who discarded it when and why. */
export class DiscardedItem {
  @Code(['event', 'timer']) readonly kind!: 'event' | 'timer';
  @Id() readonly parkedId!: string;
  @Text() readonly group!: string;
  /** The event's id; its place in the topic if it has none. */
  @Text({ optional: true }) readonly eventId!: string | null;
  @Text({ optional: true }) readonly type!: string | null;
  @Text() readonly key!: string;
  @Text() readonly parkedBecause!: string;
  @Count() readonly attempts!: number;
  @Instant() readonly firstAt!: InstantText;
  /** The place of its message; null for a timer. */
  @Text({ optional: true }) readonly topic!: string | null;
  @Count({ optional: true }) readonly partition!: number | null;
  @Text({ optional: true }) readonly offset!: string | null;
  @Code(discardReasons) readonly reason!: string;
  @Text({ optional: true }) readonly note!: string | null;
  @Id() readonly discardedBy!: string;
  @Instant() readonly discardedAt!: InstantText;
}
