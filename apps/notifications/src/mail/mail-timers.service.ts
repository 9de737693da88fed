import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TimerWorker, type DueTimer } from '#events';
import { UnitOfWork, type Scope } from '#persistence';
import { MailDeliveries } from './mail-delivery.service.ts';
import { MailSender } from './mail-sender.service.ts';
import { sendMail } from './send-mail.ts';

/**
 * Fires the timers of waiting mails. If the process dies between the server's answer and our commit, the claim of the timer
 * ends with its connection, and the mail is sent again under the same Message-ID.
 */
@Injectable()
export class MailTimers implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly worker: TimerWorker,
    private readonly deliveries: MailDeliveries,
    private readonly sender: MailSender,
  ) {}

  onModuleInit(): void {
    this.worker.on(sendMail, (timer) => this.send(timer));
  }

  private async send(timer: DueTimer): Promise<void> {
    const scope: Scope = { kind: 'system', key: timer.key };
    const mail = await this.unitOfWork.run(scope, (tx) => this.deliveries.waiting(tx, timer.subject));
    if (mail === undefined) return;
    const result = await this.sender.send(mail);
    await this.deliveries.record(timer, result);
  }
}
