import { eventActor, type Actor } from '#access';
import type { Tx } from '#persistence';
import { NotFound, type LockedStream } from '#service';
import { Injectable } from '@nestjs/common';
import type { FactsFor, FactsOf, ReferralCommand, ReferralState } from '../domain/referral.ts';
import { Deaths } from './deaths.ts';
import { DecisionFacts } from './facts/decision.facts.ts';
import { loadReferral } from './referral.rows.ts';
import { step, type Refused, type Step } from './step.ts';
import type { FactsToShow, WantedFacts, Wanting } from './facts/wanted-facts.ts';

/** Who gives the command, and the trace ids of its events. */
interface By {
  readonly actor: Actor;
  readonly correlationId: string;
  readonly traceparent: string | null;
}

/** A command of a person on an existing referral, built from the state found under the lock. */
export type CommandByPerson<Command extends ReferralCommand> = Wanting<Command> & {
  readonly command: (before: ReferralState, facts: FactsFor<Command>) => Command | Promise<Command>;
  /** The state, if it was already loaded under this lock. */
  readonly before?: ReferralState;
};

/** An accepted command with the state and the facts that it was decided on. */
export interface StepByPerson extends Step {
  readonly before: ReferralState;
  readonly facts: FactsToShow;
}

/** What every person's command on a referral does between the lock and the record: load, facts, decide, deaths. */
@Injectable()
export class ReferralStream {
  constructor(
    private readonly facts: DecisionFacts,
    private readonly deaths: Deaths,
  ) {}

  /** In scope `system` from here on: a decision needs siblings that the caller must not see. Throws {@link NotFound}. */
  async decide<Command extends ReferralCommand>(
    tx: Tx,
    { key, version }: LockedStream,
    { actor, ...cause }: By,
    { command, wanted, before: loaded }: CommandByPerson<Command>,
  ): Promise<StepByPerson | Refused> {
    await tx.useScope({ kind: 'system', key });
    const before = loaded ?? (await loadReferral(tx, key));
    if (before === undefined) throw new NotFound();
    const looked = (wanted?.(before) ?? {}) as WantedFacts<FactsOf<Command>>;
    const facts = await this.facts.gather<FactsOf<Command>>(tx, before, looked);
    const decided = step(before, await command(before, facts), facts, { version, actor: eventActor(actor) });
    if (decided.kind === 'refused') return decided;
    await this.deaths.record(tx, { ...before, ...decided }, cause);
    return { ...decided, before, facts };
  }
}
