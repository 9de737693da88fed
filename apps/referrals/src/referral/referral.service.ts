import { readScope, tenantScope, type Actor } from '#access';
import type {
  ChangeReferral,
  NewNeed,
  OfferNeed,
  ReasonCode,
  ReasonedAction,
  SettleNeed,
  WithdrawReferral,
} from '#contracts';
import type { Tx } from '#persistence';
import { CommandRunner, Invalid, NotFound, type Answer, type CommandRequest } from '#service';
import { Injectable } from '@nestjs/common';
import { ReferralStream } from '../stream/referral-stream.ts';
import { replaceNote } from '../client/client.rows.ts';
import { writeMessage, writeSettlementNote } from '../message/message.rows.ts';
import { reasonFaults, saysSomething, type GivenReason } from '../domain/task/rules/reason.ts';
import { needView, referralView, taskView } from './task-view.ts';
import { callerOf } from '../stream/caller.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { ReferralIntake, type NeedDraft } from './intake.service.ts';
import { asSeenBySender } from '../domain/task/senders-view.ts';
import { findNeed, findReferral } from '../stream/seen-referral.rows.ts';
import { commandResult } from '../stream/step.ts';
import { wantedBySending, type Wanting } from '../stream/facts/wanted-facts.ts';
import type { ReferralCommand, ReferralState } from '../domain/referral.ts';

/** Commands whose answer is the referral, and those on one need. */
type OnReferral = Extract<
  ReferralCommand,
  { readonly type: 'change-referral' | 'withdraw-referral' | 'add-need' | 'send-referral' }
>;
type AddsNeed = Extract<ReferralCommand, { readonly type: 'add-need' }>;
type SendsReferral = Extract<ReferralCommand, { readonly type: 'send-referral' }>;
type OnNeed = Extract<ReferralCommand, { readonly type: 'offer-need' | 'settle-need' }>;

/** Every command on a referral that is there, and on its needs. The Task's own are in task.service.ts. */
@Injectable()
export class ReferralService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly facts: DecisionFacts,
    private readonly intake: ReferralIntake,
    private readonly stream: ReferralStream,
  ) {}

  change(request: CommandRequest, referralId: string, body: ChangeReferral): Promise<Answer> {
    return this.onReferral(request, referralId, {
      command: {
        type: 'change-referral',
        caller: callerOf(request.actor),
        ...(body.priority === undefined ? {} : { priority: body.priority }),
        ...(body.neededBy === undefined ? {} : { neededBy: body.neededBy }),
        hasNote: body.note !== undefined,
      },
      texts: async (tx, after) => {
        if (body.note === undefined) return;
        // Existing texts belong to the sender, so they are replaced in the sender's scope; the stream's scope cannot see them.
        await tx.useScope(tenantScope(request.actor));
        await replaceNote(tx, referralId, after.senderOrganizationId, body.note);
        await tx.useScope({ kind: 'system', key: referralId });
      },
    });
  }

  withdraw(request: CommandRequest, referralId: string, body: WithdrawReferral): Promise<Answer> {
    const given = givenReason('withdraw', body);
    return this.onReferral(request, referralId, {
      command: { type: 'withdraw-referral', caller: callerOf(request.actor), ...given },
      texts: async (tx, after, before) => {
        if (body.note === undefined) return;
        await this.writeNotes(tx, request.actor, { before, after, text: body.note });
      },
    });
  }

  /** The note of a withdrawal is stored with each Task that it ends, and with each need that it settles. */
  private async writeNotes(
    tx: Tx,
    actor: Actor,
    { before, after, text }: { readonly before: ReferralState; readonly after: ReferralState; readonly text: string },
  ): Promise<void> {
    const { referralId, clientId, senderOrganizationId } = after;
    const author = { authorOrganizationId: actor.organizationId };
    for (const { taskId, serviceRequestId } of after.tasks.filter((each) => !before.tasks.includes(each))) {
      await writeMessage(tx, {
        ...{ messageId: this.facts.newId(), taskId, referralId, serviceRequestId, clientId },
        ...{ ...author, senderOrganizationId, side: 'sender', kind: 'note', text, at: this.facts.now() },
      });
    }
    const settled = after.needs.filter((need) => need.settledByHand && !before.needs.includes(need));
    await writeSettlementNote(tx, {
      serviceRequestIds: settled.map((need) => need.serviceRequestId),
      ...{ referralId, ownerOrganizationId: senderOrganizationId, ...author, text },
    });
  }

  addNeed(request: CommandRequest, referralId: string, body: NewNeed): Promise<Answer> {
    let drafts: readonly NeedDraft[] = [];
    return this.onReferral<AddsNeed>(request, referralId, {
      status: 201,
      command: async (tx) => {
        drafts = await this.intake.drafts(tx, request.actor, [body], () => '');
        return { type: 'add-need', caller: callerOf(request.actor), ...(drafts[0] as NeedDraft) };
      },
      texts: (tx, after) =>
        this.intake.writeNeedTexts(
          tx,
          after,
          [body],
          drafts.map((each) => each.serviceRequestId),
          this.facts.now(),
        ),
    });
  }

  offer(request: CommandRequest, serviceRequestId: string, body: OfferNeed): Promise<Answer> {
    const pool = body.pool === true;
    if (pool === (body.healthcareServiceId !== undefined)) {
      throw new Invalid([
        {
          field: 'healthcareServiceId',
          message: 'name a healthcareServiceId, or say pool: true',
          allowed: ['healthcareServiceId', 'pool'],
        },
      ]);
    }
    const taskId = this.facts.newId();
    return this.onNeed(request, serviceRequestId, {
      status: 201,
      wanted: () => ({ service: body.healthcareServiceId ?? null }),
      command: { type: 'offer-need', caller: callerOf(request.actor), serviceRequestId, taskId, pool },
      view: (after, by) => {
        const task = after.tasks.find((each) => each.taskId === taskId);
        if (task === undefined) throw new Error('the offer has no Task');
        return { body: taskView(after, task, by), version: task.version, location: `/api/referrals/tasks/${taskId}` };
      },
    });
  }

  settle(request: CommandRequest, serviceRequestId: string, body: SettleNeed): Promise<Answer> {
    const given = givenReason('settle', body);
    return this.onNeed(request, serviceRequestId, {
      command: { type: 'settle-need', caller: callerOf(request.actor), serviceRequestId, ...given },
      texts: async (tx, { referralId, senderOrganizationId }) => {
        if (body.note === undefined) return;
        await writeSettlementNote(tx, {
          ...{ serviceRequestIds: [serviceRequestId], referralId, ownerOrganizationId: senderOrganizationId },
          ...{ authorOrganizationId: request.actor.organizationId, text: body.note },
        });
      },
      view: (after, by) => {
        const need = after.needs.find((each) => each.serviceRequestId === serviceRequestId);
        if (need === undefined) throw new NotFound();
        const body = needView(after, need, by);
        return { body, version: body.version };
      },
    });
  }

  /** Every draft at once (rows 1, 2). One that cannot be sent stays a draft. */
  send(request: CommandRequest, referralId: string): Promise<Answer> {
    return this.onReferral<SendsReferral>(request, referralId, {
      wanted: wantedBySending,
      command: { type: 'send-referral', caller: callerOf(request.actor) },
    });
  }

  private onReferral<Command extends OnReferral>(
    request: CommandRequest,
    referralId: string,
    does: Wanting<Command> & {
      readonly status?: number;
      readonly command: Command | ((tx: Tx) => Promise<Command>);
      readonly texts?: (tx: Tx, after: ReferralState, before: ReferralState) => Promise<void>;
    },
  ): Promise<Answer> {
    const { actor } = request;
    return this.commands.run({
      request,
      scope: readScope(actor),
      find: (tx) => findReferral(tx, referralId),
      key: () => referralId,
      work: async (tx, _found, stream) => {
        const { command } = does;
        const decided = await this.stream.decide<Command>(tx, stream, request, {
          ...does,
          command: () => (typeof command === 'function' ? command(tx) : command),
        });
        if (decided.kind === 'refused') return decided;
        const { before, facts } = decided;
        await does.texts?.(tx, decided.after, before);
        return {
          ...commandResult(decided, referralView(decided.after, { caller: callerOf(actor), facts })),
          status: does.status ?? 200,
          version: seenBy(actor, decided.after).version,
          current: standingFor(actor, before),
        };
      },
    });
  }

  private onNeed<Command extends OnNeed>(
    request: CommandRequest,
    serviceRequestId: string,
    does: Wanting<Command> & {
      readonly status?: number;
      readonly command: Command;
      readonly texts?: (tx: Tx, after: ReferralState) => Promise<void>;
      readonly view: (
        after: ReferralState,
        by: Parameters<typeof referralView>[1],
      ) => { readonly body: unknown; readonly version: number; readonly location?: string };
    },
  ): Promise<Answer> {
    const { actor } = request;
    return this.commands.run({
      request,
      scope: readScope(actor),
      find: (tx) => findNeed(tx, serviceRequestId),
      key: (found) => found.referralId,
      work: async (tx, _found, stream) => {
        const decided = await this.stream.decide(tx, stream, request, {
          ...does,
          command: () => does.command,
        });
        if (decided.kind === 'refused') return decided;
        await does.texts?.(tx, decided.after);
        const { body, ...rest } = does.view(decided.after, { caller: callerOf(actor), facts: decided.facts });
        return { ...commandResult(decided, body), status: does.status ?? 200, ...rest };
      },
    });
  }
}

/** A reason that is not for this action, or is blank, is a fault of the form, checked before anything is looked up (contract.md §1). */
function givenReason(
  action: ReasonedAction,
  { reason, note }: { readonly reason: ReasonCode; readonly note?: string },
): GivenReason {
  const given = { reason, hasNote: saysSomething(note) };
  const faults = reasonFaults(action, given);
  if (faults.length > 0) throw new Invalid(faults);
  return given;
}

/** A sender who may not know of a closing still sends the version from before it. */
function seenBy(actor: Actor, state: ReferralState): ReferralState {
  return actor.organizationId === state.senderOrganizationId ? asSeenBySender(state) : state;
}

function standingFor(actor: Actor, state: ReferralState): { readonly version: number; readonly state: string } {
  const { version, closed } = seenBy(actor, state);
  return { version, state: closed === null ? 'open' : 'closed' };
}
