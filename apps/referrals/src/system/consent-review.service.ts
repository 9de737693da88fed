import type { TaskId } from '#contracts';
import { TimerWorker, type DueTimer } from '#events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemCommands } from '../stream/system-commands.ts';
import { systemCaller } from '../stream/caller.ts';
import type { WantedFacts } from '../stream/facts/wanted-facts.ts';
import type { ReferralState } from '../domain/referral.ts';

/** Each Task of a client whose permissions changed is reviewed, under its own referral's lock (contract.md §4.6 step 3). */
@Injectable()
export class ConsentReview implements OnModuleInit {
  constructor(
    private readonly timers: TimerWorker,
    private readonly commands: SystemCommands,
  ) {}

  onModuleInit(): void {
    this.timers.on('consent-review', (timer) => this.review(timer));
  }

  private async review(timer: DueTimer): Promise<void> {
    const taskId = timer.subject;
    await this.commands.fire(timer, 'system', {
      command: () => ({ type: 'review-consent', caller: systemCaller('system'), taskId }),
      wanted: (state) => wantedFor(state, taskId),
    });
  }
}

function wantedFor(state: ReferralState, taskId: TaskId): WantedFacts<'service' | 'consent' | 'eligible'> {
  const task = state.tasks.find((each) => each.taskId === taskId);
  const need = state.needs.find((each) => each.serviceRequestId === task?.serviceRequestId);
  if (task?.assignment === 'pool' && task.recipientOrganizationId === null && need !== undefined) {
    return { consent: true, service: null, eligible: need };
  }
  return { consent: true, service: task?.healthcareServiceId ?? null, eligible: null };
}
