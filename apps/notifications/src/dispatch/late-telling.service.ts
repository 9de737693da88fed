import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CLOCK, TimerWorker, type Clock, type DueTimer } from '#events';
import type { Tx } from '#persistence';
import { CommandRunner } from '#service';
import { KnownQueries } from '../audience/known.queries.ts';
import { lateTellingOf, tellLater } from './tell-later.ts';
import { TellingService, type Told } from './telling.service.ts';

/** Tells what nobody was there to hear, once somebody is. */
@Injectable()
export class LateTellings implements OnModuleInit {
  constructor(
    private readonly worker: TimerWorker,
    private readonly commands: CommandRunner,
    private readonly known: KnownQueries,
    private readonly telling: TellingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.worker.on(tellLater, (timer) => this.tell(timer));
  }

  private async tell(timer: DueTimer): Promise<void> {
    const { correlationId } = lateTellingOf(timer.payload);
    await this.commands.fire(timer, 'timer', {
      cause: () => ({ correlationId, causationId: timer.subject }),
      find: () => Promise.resolve({}),
      work: async (tx) => {
        const now = this.clock.now();
        return { kind: 'done', body: undefined, at: now, ...(await this.told(tx, timer, now)) };
      },
    });
  }

  private async told(tx: Tx, timer: DueTimer, now: string): Promise<Told> {
    const { template, to, officersOf, reportsBack, why, taskId, correlationId, tries } = lateTellingOf(timer.payload);
    const telling = { template, to, reportsBack, ...(why === undefined ? {} : { why }) };
    const occasion = { eventId: timer.subject, telling, correlationId, tries, now };
    if (officersOf !== undefined) return this.telling.tellOfficers(tx, occasion, officersOf);
    const known = await this.known.load(tx, { referralId: timer.key, taskId, accessId: null });
    return this.telling.tell(tx, { ...occasion, taskId, known });
  }
}
