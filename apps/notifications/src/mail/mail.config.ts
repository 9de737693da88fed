import { Address, MailAddress, MayBeUnset, NeededWith } from '#service';

/** Where mails go out, and from whom (.env.example says what happens without each). */
export class MailConfig {
  /** `smtp://` (TLS by STARTTLS where the server offers it, always where a password goes with it) or `smtps://`. */
  @MayBeUnset() @Address('smtp', 'smtps') readonly SMTP_URL?: string;
  /** The sender of every mail; its domain also ends each Message-ID. */
  @NeededWith('SMTP_URL') @MailAddress() readonly MAIL_FROM?: string;
  /** What a mail links to; the issuer's address unless told, which is right where identity of this house is the issuer. */
  @MayBeUnset() @Address('http', 'https') readonly PUBLIC_URL?: string;
}
