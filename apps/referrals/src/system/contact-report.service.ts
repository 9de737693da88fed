import { TimerWorker, type DueTimer } from '#events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemCommands } from '../stream/system-commands.ts';
import { systemCaller } from '../stream/caller.ts';

/** Checks, under a referral's lock, whether it has to report how its client may be reached. */
export interface ContactTimer {
  readonly kind: 'client-contact';
  readonly subject: string;
  readonly dueAt: 'at-once';
}

export function contactTimer(referralId: string): ContactTimer {
  return { kind: 'client-contact', subject: referralId, dueAt: 'at-once' };
}

/** The sender corrected how the client may be reached: each of their referrals reports it. */
@Injectable()
export class ContactReport implements OnModuleInit {
  constructor(
    private readonly timers: TimerWorker,
    private readonly commands: SystemCommands,
  ) {}

  onModuleInit(): void {
    this.timers.on('client-contact', (timer) => this.report(timer));
  }

  private async report(timer: DueTimer): Promise<void> {
    await this.commands.fire(timer, 'system', {
      command: () => ({ type: 'tell-contact', caller: systemCaller('system') }),
    });
  }
}
