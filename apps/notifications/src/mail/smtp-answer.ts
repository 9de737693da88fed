import type { Failure } from '../delivery/attempt.ts';

/** The error of nodemailer for a mail that was not sent. */
export interface SmtpFault {
  /** What failed: EENVELOPE and EMESSAGE mean the mail itself, everything else the connection to the server. */
  readonly code?: string | undefined;
  /** The server's reply, if it gave one. */
  readonly responseCode?: number | undefined;
  readonly permanent?: boolean | undefined;
  readonly timeoutType?: string | undefined;
}

const aboutTheMail: ReadonlySet<string | undefined> = new Set(['EENVELOPE', 'EMESSAGE']);
const tookTooLong: ReadonlySet<string | undefined> = new Set(['ETIMEDOUT', 'EABORT']);
// RFC 4954 §6: the server wants a (better) sign-in, which an operator has to configure; the mail itself is not refused
const aboutUs: ReadonlySet<number | undefined> = new Set([530, 534, 535, 538]);

/** Whether another attempt may help: by RFC 5321 §4.2.1 a 5yz reply is permanent and a 4yz reply transient. */
export function failureOf({ code, responseCode, permanent }: SmtpFault): Failure {
  if (aboutTheMail.has(code) && !aboutUs.has(responseCode)) {
    // without a reply: nodemailer itself rejected the address
    const final = responseCode === undefined || permanent === true;
    return final ? { reason: 'rejected', final } : { reason: 'refused', final };
  }
  if (responseCode !== undefined) return { reason: 'refused', final: false };
  return { reason: tookTooLong.has(code) ? 'timed-out' : 'unreachable', final: false };
}

/** The server did not even send a greeting; the next attempt would wait as long. */
export function saysNothing({ timeoutType }: SmtpFault): boolean {
  return timeoutType === 'CONNECT_TIMEOUT' || timeoutType === 'GREETING_TIMEOUT';
}
