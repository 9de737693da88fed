import { CLOCK, payloadOf, TimerWorker, type Clock, type DueTimer } from '#events';
import { CommandRunner } from '#service';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DraftEndPayload, draftEndKind, endTimer } from './draft-timer.ts';
import { endDraft, findDraft } from './draft.rows.ts';
import { endOf } from './draft.ts';

/** Erases what was typed 30 days after its last change. */
@Injectable()
export class DraftEnd implements OnModuleInit {
  constructor(
    private readonly worker: TimerWorker,
    private readonly commands: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.worker.on(draftEndKind, (timer) => this.end(timer));
  }

  private async end(timer: DueTimer): Promise<void> {
    const { draftId, organizationId } = payloadOf(DraftEndPayload, timer);
    const personId = timer.key;
    await this.commands.fire(timer, 'timer', {
      // As the person would: nobody else sees a draft, not even the platform's own scope.
      find: async (tx) => {
        await tx.useScope({ kind: 'tenant', organizationId, personId });
        return findDraft(tx, personId, draftId);
      },
      work: async (tx, draft) => {
        const now = this.clock.now();
        if (endOf(draft) > now) return { kind: 'quiet', timers: [endTimer({ personId, organizationId }, draft)] };
        await endDraft(tx, personId, draftId, now);
        return { kind: 'quiet', timers: [] };
      },
    });
  }
}
