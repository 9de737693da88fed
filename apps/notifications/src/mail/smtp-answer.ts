import type { Failure } from '../delivery/attempt.ts';

/** What nodemailer says of a mail that did not go out. */
export interface SmtpFault {
  /** Where it went wrong: EENVELOPE and EMESSAGE are about the mail, everything else about the way to the server. */
  readonly code?: string | undefined;
  /** The server's reply, where it gave one. */
  readonly responseCode?: number | undefined;
  readonly permanent?: boolean | undefined;
  readonly timeoutType?: string | undefined;
}

const aboutTheMail: ReadonlySet<string | undefined> = new Set(['EENVELOPE', 'EMESSAGE']);
const tookTooLong: ReadonlySet<string | undefined> = new Set(['ETIMEDOUT', 'EABORT']);
// RFC 4954 §6: the server wants a (better) sign-in, which an operator has to configure; it says nothing about this mail
const aboutUs: ReadonlySet<number | undefined> = new Set([530, 534, 535, 538]);

/** Whether another attempt may help: RFC 5321 §4.2.1, a 5yz reply to this mail stays one, a 4yz reply may not. */
export function failureOf({ code, responseCode, permanent }: SmtpFault): Failure {
  if (aboutTheMail.has(code) && !aboutUs.has(responseCode)) {
    // without a reply nodemailer itself found that this is no address to send to
    const final = responseCode === undefined || permanent === true;
    return final ? { reason: 'rejected', final } : { reason: 'refused', final };
  }
  if (responseCode !== undefined) return { reason: 'refused', final: false };
  return { reason: tookTooLong.has(code) ? 'timed-out' : 'unreachable', final: false };
}

/** The server did not even greet: whoever asks next would wait as long. */
export function saysNothing({ timeoutType }: SmtpFault): boolean {
  return timeoutType === 'CONNECT_TIMEOUT' || timeoutType === 'GREETING_TIMEOUT';
}
