import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { createTransport, type SMTPSentMessageInfo, type SMTPTransportOptions, type Transporter } from 'nodemailer';
import type { InstantText } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { DEPLOYMENT, LOG, type DeploymentConfig, type Log } from '#service';
import { MailCatcher } from '../demo-mail/mail-catcher.service.ts';
import type { AttemptResult } from '../delivery/attempt.ts';
import { MailConfig } from './mail.config.ts';
import type { Mail } from './mail.ts';
import { failureOf, saysNothing, type SmtpFault } from './smtp-answer.ts';

export interface AddressedMail extends Mail {
  readonly to: string;
  /** The part before the @ of its Message-ID. */
  readonly name: string;
}

type Transport = Transporter<SMTPSentMessageInfo, SMTPTransportOptions>;

const demoSender = 'referrals@localhost';
// Together well below the 60 s that a timer is claimed for, so that no other worker starts during an attempt.
const patience = { connectionTimeout: 5_000, greetingTimeout: 5_000, dnsTimeout: 5_000, socketTimeout: 15_000 };
const longestMs = 40_000;
/** How long a silent server is not tried again, so that it does not delay every other timer. */
const silentForMs = 30_000;

/** The mail server: the configured one, or the built-in catcher in demo mode. */
@Injectable()
export class MailServer implements OnModuleInit {
  private transport: Transport | undefined;
  private silentSince: InstantText | undefined;

  constructor(
    private readonly config: MailConfig,
    private readonly catcher: MailCatcher,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    const { SMTP_URL: url } = this.config;
    if (url !== undefined) this.transport = transportTo({ url, ...(carriesPassword(url) ? { requireTLS: true } : {}) });
    else if (this.deployment.demo) this.transport = transportTo(await this.catcher.listen());
    else this.log.warn('SMTP_URL is not given: whoever wishes mails gets none');
  }

  async carry(mail: AddressedMail): Promise<AttemptResult> {
    if (this.transport === undefined) return { reason: 'unreachable', final: false };
    if (this.isSilent()) return { reason: 'timed-out', final: false };
    try {
      await this.transport.sendMail(this.messageOf(mail));
      return 'accepted';
    } catch (error) {
      const fault = error as SmtpFault;
      if (saysNothing(fault)) this.silentSince = this.clock.now();
      return failureOf(fault);
    }
  }

  private isSilent(): boolean {
    if (this.silentSince === undefined) return false;
    const ms = Date.parse(this.clock.now()) - Date.parse(this.silentSince);
    // A clock that was ahead and was set back must not make the wait longer.
    return ms >= 0 && ms < silentForMs;
  }

  private messageOf({ to, name, subject, text }: AddressedMail): Parameters<Transport['sendMail']>[0] {
    const from = this.config.SMTP_URL === undefined ? demoSender : (this.config.MAIL_FROM ?? demoSender);
    return {
      from,
      // as an object, because nodemailer would read a text with a comma as two addresses
      to: { name: '', address: to },
      subject,
      text,
      messageId: `<${name}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      date: new Date(this.clock.now()),
      // RFC 3834: so that no absence note answers the mail
      xMailer: false,
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal: AbortSignal.timeout(longestMs),
    };
  }
}

function transportTo(settings: SMTPTransportOptions): Transport {
  return createTransport({ ...patience, ...settings, disableFileAccess: true, disableUrlAccess: true });
}

function carriesPassword(url: string): boolean {
  return url.startsWith('smtp://') && url.includes('@');
}
