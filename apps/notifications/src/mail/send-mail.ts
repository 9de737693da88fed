/** The timer's kind; its subject is the delivery, its key the referral. */
export const sendMail = 'send-mail';

export interface SendMail {
  /** Of the event that the mail is about. */
  readonly correlationId: string;
}

/** Reads the payload of such a timer. */
export function sendMailOf(payload: Readonly<Record<string, unknown>>): SendMail {
  return payload as unknown as SendMail;
}
