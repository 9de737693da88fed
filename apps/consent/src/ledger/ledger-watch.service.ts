import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { PersonId } from '#contracts';
import { Timers, TimerWorker, CLOCK, type Clock, type DueTimer } from '#events';
import { UnitOfWork } from '#persistence';
import { plusDays } from '../validity/days.ts';
import { ledgerStream } from '../anchors/anchor.ts';
import { VerificationAlarm } from './verification-alarm.service.ts';

const timer = { kind: 'ledger-verification', subject: ledgerStream } as const;
const scope = { kind: 'system', key: ledgerStream } as const;
/** The delay after a start, which is busy enough. */
const afterStartMs = 60_000;
const dayMs = 24 * 60 * 60_000;

/** Runs the daily verification, and one soon after each start. */
@Injectable()
export class LedgerWatch implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly worker: TimerWorker,
    private readonly timers: Timers,
    private readonly alarm: VerificationAlarm,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.worker.on(timer.kind, (due) => this.fire(due));
  }

  async onApplicationBootstrap(): Promise<void> {
    const dueAt = new Date(Date.parse(this.clock.now()) + afterStartMs).toISOString();
    const change = { ...timer, dueAt, pauseMs: afterStartMs };
    await this.unitOfWork.run(scope, (tx) => this.timers.schedule(tx, ledgerStream, [change]));
  }

  private async fire(due: DueTimer): Promise<void> {
    const askedBy: PersonId | null = null;
    const verifying = await this.alarm.verify(askedBy, []);
    await verifying.done;
    const dueAt = plusDays(this.clock.now(), 1);
    await this.unitOfWork.run(scope, async (tx) => {
      await this.timers.settle(tx, due);
      await this.timers.schedule(tx, ledgerStream, [{ ...timer, dueAt, pauseMs: dayMs }]);
    });
  }
}
