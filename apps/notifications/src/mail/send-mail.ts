import { Text } from '#contracts';

/** The timer's kind; its subject is the delivery, its key the referral. */
export const sendMail = 'send-mail';

export class SendMailPayload {
  /** Of the event that the mail is about. */
  @Text() readonly correlationId!: string;
}
