/** The timer's kind; its subject is the delivery, its key the referral. */
export const sendMail = 'send-mail';

export interface SendMail {
  /** Of the event that is told. */
  readonly correlationId: string;
}

/** Reads a timer's own payload. */
export function sendMailOf(payload: Readonly<Record<string, unknown>>): SendMail {
  return payload as unknown as SendMail;
}
