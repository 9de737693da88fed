import { Code, Count, Flag, Id, Instant, Text, type InstantText } from '#contracts';

/**
 * From which place of this service's log on to send once more: one of the three. Needed where the topic was lost; readers
 * know by their inboxes what they have had, so sending too much harms nobody.
 */
export class AskResend {
  /** The whole log. */
  @Flag({ optional: true }) readonly all?: boolean;
  /** From the first event that happened at this instant or later. */
  @Instant({ optional: true }) readonly since?: InstantText;
  /** From this position of the log on, as `/lag` names them: digits. */
  @Text({ maxLength: 19, optional: true }) readonly fromPosition?: string;
}

export class ResendAnswer {
  @Id() readonly resendId!: string;
}

/** How far a resend is. */
export class Resend {
  @Id() readonly resendId!: string;
  /** `all`, `position 17` or `since 2026-11-28T00:00:00.000Z`. */
  @Text() readonly begins!: string;
  @Code(['running', 'done']) readonly state!: string;
  /** Events that are to be sent again, and that were. */
  @Count() readonly total!: number;
  @Count() readonly sent!: number;
  /** What it waits for; null when it goes on, or has ended. */
  @Text({ optional: true }) readonly waiting!: string | null;
  @Instant() readonly askedAt!: InstantText;
  @Instant({ optional: true }) readonly endedAt!: InstantText | null;
}
