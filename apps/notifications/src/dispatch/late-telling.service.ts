import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { systemActor } from '#access';
import { CLOCK, EventLog, Timers, TimerWorker, type Clock, type DueTimer } from '#events';
import { UnitOfWork, type Tx } from '#persistence';
import { KnownQueries } from '../audience/known.queries.ts';
import { lateTellingOf, tellLater } from './tell-later.ts';
import { TellingService } from './telling.service.ts';

/** Tells what nobody was there to hear, once somebody is. */
@Injectable()
export class LateTellings {
  constructor(
    private readonly log: EventLog,
    private readonly timers: Timers,
    private readonly known: KnownQueries,
    private readonly telling: TellingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tell(tx: Tx, timer: DueTimer): Promise<void> {
    const version = await this.log.lockStream(tx, timer.key);
    if (!(await this.timers.settle(tx, timer))) return;
    const { template, to, officersOf, reportsBack, why, taskId, correlationId, tries } = lateTellingOf(timer.payload);
    const now = this.clock.now();
    const telling = { template, to, reportsBack, ...(why === undefined ? {} : { why }) };
    const occasion = { eventId: timer.subject, telling, correlationId, tries, now };
    const told =
      officersOf === undefined
        ? await this.telling.tell(tx, {
            ...occasion,
            taskId,
            known: await this.known.load(tx, { referralId: timer.key, taskId, accessId: null }),
          })
        : await this.telling.tellOfficers(tx, occasion, officersOf);
    await this.log.record(tx, {
      key: timer.key,
      version,
      now,
      actor: systemActor('timer'),
      correlationId,
      causationId: timer.subject,
      ...told,
    });
  }
}

/** Fires the timers of late tellings. */
@Injectable()
export class LateTellingTimers implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly worker: TimerWorker,
    private readonly late: LateTellings,
  ) {}

  onModuleInit(): void {
    this.worker.on(tellLater, (timer) =>
      this.unitOfWork.run({ kind: 'system', key: timer.key }, (tx) => this.late.tell(tx, timer)),
    );
  }
}
