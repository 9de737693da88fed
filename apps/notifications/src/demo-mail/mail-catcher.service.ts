import type { AddressInfo } from 'node:net';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { CLOCK, type Clock } from '#events';
import { DemoMailQueries } from './demo-mail.queries.ts';

const largestMail = 256 * 1024;

/** A mail server in this process that delivers nothing: what it takes is kept for `/demo-mails`. */
@Injectable()
export class MailCatcher implements OnApplicationShutdown {
  private server: SMTPServer | undefined;

  constructor(
    private readonly mails: DemoMailQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Starts to take mails from this machine; returns its URL. */
  async listen(): Promise<{ readonly host: string; readonly port: number; readonly ignoreTLS: boolean }> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: largestMail,
      rejectOversized: true,
      closeTimeout: 1_000,
      onData: (stream, session, done) => {
        this.keep(stream, session).then(
          () => done(),
          // an error is ignored here: the sender tries again
          () => done(Object.assign(new Error('not now'), { responseCode: 451 })),
        );
      },
    });
    this.server = server;
    const host = '127.0.0.1';
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, host, () => {
        server.off('error', reject);
        // after a broken connection the sender tries again
        server.on('error', () => undefined);
        resolve();
      });
    });
    return { host, port: (server.server.address() as AddressInfo).port, ignoreTLS: true };
  }

  // after the timers have stopped, so that no mail is being sent
  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server !== undefined) await new Promise<void>((resolve) => server.close(resolve));
  }

  private async keep(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { messageId, subject, text } = await simpleParser(stream);
    await this.mails.keep({
      messageId: messageId ?? session.id,
      to: session.envelope.rcptTo.map((each) => each.address).join(', '),
      subject: subject ?? '',
      text: text ?? '',
      at: this.clock.now(),
    });
  }
}
