import { timerNames, type TimerName } from '#contracts';
import { payloadOf, TimerWorker, type DueTimer } from '#events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemCommands } from '../stream/system-commands.ts';
import { systemCaller } from '../stream/caller.ts';
import { TaskTimerPayload } from '../stream/timer-payloads.ts';
import { stillToCome, taskTimerPrefix } from '../stream/timer.rows.ts';

/** A Task's timer is due: a command by `timer`, which the decision may refuse because the state moved on. */
@Injectable()
export class TaskTimers implements OnModuleInit {
  constructor(
    private readonly timers: TimerWorker,
    private readonly commands: SystemCommands,
  ) {}

  onModuleInit(): void {
    for (const timer of timerNames) this.timers.on(`${taskTimerPrefix}${timer}`, (due) => this.fire(timer, due));
  }

  private async fire(timer: TimerName, due: DueTimer): Promise<void> {
    const { milestone } = payloadOf(TaskTimerPayload, due);
    await this.commands.fire(due, 'timer', {
      command: () => ({
        type: 'fire-timer',
        caller: systemCaller('timer'),
        taskId: due.subject,
        timer,
        ...(milestone === undefined ? {} : { milestone }),
      }),
      wanted: () => ({ delivered: timer === 'deliver-by' ? due.subject : null }),
      // The network shortened a lead after the timer was set: the timer waits for the new instant.
      again: (state, { policy, now }) => stillToCome(state, { taskId: due.subject, timer }, { policy, now }),
    });
  }
}
