import type { ReferralId } from '#contracts';
import { systemActor } from '#access';
import type { DueTimer, ReadContext, RowWrite, TimerChange } from '#events';
import { CommandRunner, type SystemCommand } from '#service';
import { Injectable } from '@nestjs/common';
import type { FactsFor, FactsOf, ReferralCommand, ReferralState } from '../domain/referral.ts';
import { DecisionFacts } from './facts/decision.facts.ts';
import { loadReferral } from './referral.rows.ts';
import { commandResult, step } from './step.ts';
import type { WantedFacts, Wanting } from './facts/wanted-facts.ts';

export type CommandBySystem<Command extends ReferralCommand> = Wanting<Command> & {
  readonly command: (state: ReferralState) => Command;
  /** Rows beside the decision state that belong to it. */
  readonly rows?: (state: ReferralState, facts: FactsFor<Command>) => readonly RowWrite[];
  /** For a refused command: the timer to set again if it fired too early. */
  readonly again?: (state: ReferralState, facts: FactsFor<Command>) => readonly TimerChange[];
};

/**
 * Commands that no person gives: from a timer that is due, or from an event. They take the same path as a person's
 * command, without an answer to store. A refusal is quiet: the state moved on meanwhile, so no timer needs cancelling (architecture.md §4).
 */
@Injectable()
export class SystemCommands {
  constructor(
    private readonly commands: CommandRunner,
    private readonly facts: DecisionFacts,
  ) {}

  async fire<Command extends ReferralCommand>(
    timer: DueTimer,
    role: 'system' | 'timer',
    does: CommandBySystem<Command>,
  ): Promise<void> {
    await this.commands.fire(timer, role, this.command(timer.key, role, does));
  }

  /** A command that an event asks for, in the event's own transaction, before anything else is written in it. */
  async follow<Command extends ReferralCommand>(context: ReadContext, does: CommandBySystem<Command>): Promise<void> {
    await this.commands.follow(context, this.command(context.envelope.key, 'system', does));
  }

  private command<Command extends ReferralCommand>(
    referralId: ReferralId,
    role: 'system' | 'timer',
    does: CommandBySystem<Command>,
  ): SystemCommand<ReferralState> {
    return {
      find: (tx) => loadReferral(tx, referralId),
      work: async (tx, before, { version }) => {
        const wanted = (does.wanted?.(before) ?? {}) as WantedFacts<FactsOf<Command>>;
        const facts = await this.facts.gather<FactsOf<Command>>(tx, before, wanted);
        const decided = step(before, does.command(before), facts, { version, actor: systemActor(role) });
        if (decided.kind === 'refused') return { kind: 'quiet', timers: does.again?.(before, facts) ?? [] };
        if (decided.events.length === 0) return { kind: 'quiet', timers: [] };
        const { rows, ...done } = commandResult(decided, undefined);
        return { ...done, rows: [...(rows ?? []), ...(does.rows?.(decided.after, facts) ?? [])] };
      },
    };
  }
}
