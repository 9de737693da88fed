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
