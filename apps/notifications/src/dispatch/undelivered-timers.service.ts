import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CLOCK, payloadOf, TimerWorker, type Clock, type DueTimer } from '#events';
import type { Tx } from '#persistence';
import { CommandRunner } from '#service';
import { ReplicaQueries } from '../audience/replica.queries.ts';
import { retryUndelivered, UndeliveredPayload } from './undelivered.ts';
import { DeliveryPlanner, type DispatchPlan } from './delivery-planner.service.ts';

/** Tries again to notify addressees that had no person when the event was handled. */
@Injectable()
export class UndeliveredTimers implements OnModuleInit {
  constructor(
    private readonly worker: TimerWorker,
    private readonly commands: CommandRunner,
    private readonly replicas: ReplicaQueries,
    private readonly planner: DeliveryPlanner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.worker.on(retryUndelivered, (timer) => this.retry(timer));
  }

  private async retry(timer: DueTimer): Promise<void> {
    const payload = payloadOf(UndeliveredPayload, timer);
    const { correlationId } = payload;
    await this.commands.fire(timer, 'timer', {
      cause: () => ({ correlationId, causationId: timer.subject }),
      find: () => Promise.resolve({}),
      work: async (tx) => {
        const now = this.clock.now();
        return { kind: 'done', body: undefined, at: now, ...(await this.plan(tx, timer, payload, now)) };
      },
    });
  }

  private async plan(
    tx: Tx,
    timer: DueTimer,
    { template, to, officersOf, reportsBack, why, taskId = null, correlationId, tries }: UndeliveredPayload,
    now: string,
  ): Promise<DispatchPlan> {
    const rule = { template, to, reportsBack, ...(why === undefined ? {} : { why }) };
    const dispatch = { eventId: timer.subject, rule, correlationId, tries, now };
    if (officersOf !== undefined) return this.planner.planForOfficers(tx, dispatch, officersOf);
    const replica = await this.replicas.load(tx, { referralId: timer.key, taskId, accessId: null });
    return this.planner.plan(tx, { ...dispatch, taskId, replica });
  }
}
