import { payloadOf, TimerWorker, type DueTimer } from '#events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemCommands } from '../stream/system-commands.ts';
import { systemCaller } from '../stream/caller.ts';
import { NewInformationPayload } from '../stream/timer-payloads.ts';

/** The content of a packet has grown: each Task is checked under its own referral's lock. */
@Injectable()
export class NewInformation implements OnModuleInit {
  constructor(
    private readonly timers: TimerWorker,
    private readonly commands: SystemCommands,
  ) {}

  onModuleInit(): void {
    this.timers.on('new-information', (timer) => this.tell(timer));
  }

  private async tell(timer: DueTimer): Promise<void> {
    const { taskId, categories } = payloadOf(NewInformationPayload, timer);
    await this.commands.fire(timer, 'system', {
      command: () => ({ type: 'tell-new-information', caller: systemCaller('system'), taskId, categories }),
      wanted: (state) => ({
        consent: true,
        service: state.tasks.find((task) => task.taskId === taskId)?.healthcareServiceId ?? null,
      }),
    });
  }
}
