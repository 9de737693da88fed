import { Code, Count, Id, Instant, Text, type EventId, type InstantText } from '#contracts';

/**
 * What waits for a person (contract.md §2.4). `event`: the first event of a key that a group could not handle; later ones
 * of the key wait behind it. `timer`: one that could not fire, of group `timers`; `type` is its kind, `key` its stream.
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

/** Why something is given up: it never can be read, it is none of ours, or nobody needs it any more. */
export const discardReasons = ['unreadable', 'not-ours', 'duplicate', 'obsolete', 'other'] as const;

/** The person's word that this can never be handled. Give no client data in the note: it is kept for good. */
export class Discard {
  @Code(discardReasons) readonly reason!: (typeof discardReasons)[number];
  /** Needed with the reason `other`. */
  @Text({ maxLength: 1000, optional: true }) readonly note?: string;
}

export class DiscardDone {
  @Id() readonly parkedId!: string;
}

/** What was given up: which event or timer, why it was parked, and who gave it up when and why. */
export class DiscardedItem {
  @Code(['event', 'timer']) readonly kind!: 'event' | 'timer';
  @Id() readonly parkedId!: string;
  @Text() readonly group!: string;
  /** The event's id; its place in the topic where it did not say one. */
  @Text({ optional: true }) readonly eventId!: string | null;
  @Text({ optional: true }) readonly type!: string | null;
  @Text() readonly key!: string;
  @Text() readonly parkedBecause!: string;
  @Count() readonly attempts!: number;
  @Instant() readonly firstAt!: InstantText;
  /** Where its message stood; null for a timer. */
  @Text({ optional: true }) readonly topic!: string | null;
  @Count({ optional: true }) readonly partition!: number | null;
  @Text({ optional: true }) readonly offset!: string | null;
  @Code(discardReasons) readonly reason!: string;
  @Text({ optional: true }) readonly note!: string | null;
  @Id() readonly discardedBy!: string;
  @Instant() readonly discardedAt!: InstantText;
}
