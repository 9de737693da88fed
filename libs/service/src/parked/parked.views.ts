import { Count, Id, Instant, Text, type EventId, type InstantText } from '#contracts';

/** The first event of a key that a group could not handle; later ones of the key wait behind it (contract.md §2.4). */
export class ParkedEvent {
  @Id() readonly parkedId!: string;
  @Text() readonly group!: string;
  @Id() readonly eventId!: EventId;
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
