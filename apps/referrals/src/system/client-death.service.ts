import { TimerWorker, type DueTimer } from '#events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { systemCaller } from '../stream/caller.ts';
import { clientDeath } from '../stream/deaths.ts';
import { SystemCommands } from '../stream/system-commands.ts';

/** Ends another referral of a client who died, under that referral's own lock. */
@Injectable()
export class ClientDeath implements OnModuleInit {
  constructor(
    private readonly timers: TimerWorker,
    private readonly commands: SystemCommands,
  ) {}

  onModuleInit(): void {
    this.timers.on(clientDeath, (timer) => this.end(timer));
  }

  private async end(timer: DueTimer): Promise<void> {
    await this.commands.fire(timer, 'system', {
      command: () => ({ type: 'end-for-death', caller: systemCaller('system') }),
    });
  }
}
