import { Address, MailAddress, MayBeUnset, NeededWith } from '#service';

/** The mail server and the sender of mails (.env.example says what happens without each). */
export class MailConfig {
  /** `smtp://` (with STARTTLS if the server offers it; required if there is a password) or `smtps://`. */
  @MayBeUnset() @Address('smtp', 'smtps') readonly SMTP_URL?: string;
  /** The sender of every mail; its domain also ends each Message-ID. */
  @NeededWith('SMTP_URL') @MailAddress() readonly MAIL_FROM?: string;
  /** The address that a mail links to; by default the issuer's, which is right if this platform's identity is the issuer. */
  @MayBeUnset() @Address('http', 'https') readonly PUBLIC_URL?: string;
}
