import { Code, Count, Flag, Id, Instant, Text, type InstantText } from '#contracts';

/**
 * The place in this service's log from which to send again: exactly one of the three. Needed if the topic was lost.
 * Readers recognise in their inboxes what they have already handled, so sending too much is harmless.
 */
export class AskResend {
  /** The whole log. */
  @Flag({ optional: true }) readonly all?: boolean;
  /** From the first event that happened at or after this instant. */
  @Instant({ optional: true }) readonly since?: InstantText;
  /** From this position of the log, as `/lag` shows it: digits. */
  @Text({ maxLength: 19, optional: true }) readonly fromPosition?: string;
}

export class ResendAnswer {
  @Id() readonly resendId!: string;
}

/** The progress of a resend. */
export class Resend {
  @Id() readonly resendId!: string;
  /** `all`, `position 17` or `since 2026-11-28T00:00:00.000Z`. */
  @Text() readonly begins!: string;
  @Code(['running', 'done']) readonly state!: string;
  /** Events to send again, and events sent so far. */
  @Count() readonly total!: number;
  @Count() readonly sent!: number;
  /** What it is waiting for; null while it runs or after its end. */
  @Text({ optional: true }) readonly waiting!: string | null;
  @Instant() readonly askedAt!: InstantText;
  @Instant({ optional: true }) readonly endedAt!: InstantText | null;
}
