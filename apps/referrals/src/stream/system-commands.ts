import { systemActor } from '#access';
import {
  causeIn,
  causeOf,
  EventLog,
  IDS,
  Timers,
  type Cause,
  type DueTimer,
  type Ids,
  type ReadContext,
  type RowWrite,
  type TimerChange,
} from '#events';
import { UnitOfWork, type Tx } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { DecisionFacts, type WantedFacts } from './decision.facts.ts';
import { loadReferral } from './referral.rows.ts';
import { step } from './step.ts';
import type { Facts, ReferralCommand, ReferralState } from '../domain/referral.ts';

export interface HouseCommand {
  readonly command: (state: ReferralState) => ReferralCommand;
  readonly wanted: (state: ReferralState) => WantedFacts;
  /** Rows beside the decision state that belong to it. */
  readonly rows?: (state: ReferralState, facts: Facts) => readonly RowWrite[];
  /** Of a command that was refused: the timer, where it only came too early. */
  readonly again?: (state: ReferralState, facts: Facts) => readonly TimerChange[];
}

/**
 * Commands that no person gives: a timer came due. The same path as a person's, without an answer to store. A refusal
 * is quiet: the state moved on meanwhile, so no timer needs cancelling (architecture.md §4).
 */
@Injectable()
export class HouseCommands {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly log: EventLog,
    private readonly timers: Timers,
    private readonly facts: DecisionFacts,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** `undefined`: nothing happened, because the decision refused or wanted nothing. */
  run(timer: DueTimer, role: 'system' | 'timer', does: HouseCommand): Promise<ReferralState | undefined> {
    const referralId = timer.key;
    return this.unitOfWork.run({ kind: 'system', key: referralId }, async (tx) => {
      const version = await this.log.lockStream(tx, referralId);
      const before = await loadReferral(tx, referralId);
      if (before !== undefined) return this.record(tx, { before, version, role, does, timer, cause: causeOf(timer) });
      await this.timers.settle(tx, timer);
      return undefined;
    });
  }

  /** A command that an event in hand asks for, in the event's own transaction, before anything else is written there. */
  async after({ tx, envelope }: ReadContext, does: HouseCommand): Promise<ReferralState | undefined> {
    const version = await this.log.lockStream(tx, envelope.key);
    const before = await loadReferral(tx, envelope.key);
    if (before === undefined) return undefined;
    return this.record(tx, { before, version, role: 'system', does, timer: null, cause: causeIn(envelope) });
  }

  private async record(
    tx: Tx,
    about: {
      readonly before: ReferralState;
      readonly version: number;
      readonly role: 'system' | 'timer';
      readonly does: HouseCommand;
      readonly timer: DueTimer | null;
      readonly cause: Cause | undefined;
    },
  ): Promise<ReferralState | undefined> {
    const { before, version, does } = about;
    const actor = systemActor(about.role);
    const facts = await this.facts.gather(tx, before, does.wanted(before));
    // After the gate: whoever has closed it may be setting this very timer.
    if (about.timer !== null && !(await this.timers.settle(tx, about.timer))) return undefined;
    const decided = step(before, does.command(before), facts, { version, actor });
    if (decided.kind === 'refused') {
      await this.timers.schedule(tx, before.referralId, does.again?.(before, facts) ?? []);
      return undefined;
    }
    if (decided.events.length === 0) return undefined;
    await this.log.record(tx, {
      key: before.referralId,
      version,
      now: facts.now,
      actor,
      ...(about.cause ?? { correlationId: this.ids.next() }),
      events: decided.events,
      rows: [...decided.rows, ...(does.rows?.(decided.after, facts) ?? [])],
      timers: decided.timers,
    });
    return decided.after;
  }
}
