import { eventActor, tenantScope } from '#access';
import type { CreateReferral, ReferralId } from '#contracts';
import type { Tx } from '#persistence';
import { CommandRunner, Invalid, NotFound, type Answer, type CommandRequest, type CommandResult } from '#service';
import { Injectable } from '@nestjs/common';
import { writeNote } from '../client/client.rows.ts';
import { claimDraft, findDraft } from '../draft/draft.rows.ts';
import { isReferenceTaken } from '../reference/reference.rows.ts';
import { callerOf } from '../stream/caller.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { loadReferral } from '../stream/referral.rows.ts';
import { commandResult, step } from '../stream/step.ts';
import { clientAsked, ReferralIntake, type ClientAsked } from './intake.service.ts';
import { referralView } from './task-view.ts';

/** What is to be made, and where it may be found already. */
interface Creation {
  readonly request: CommandRequest;
  readonly body: CreateReferral;
  readonly client: ClientAsked;
}

/** The stream of a new referral, or of the one that was made of the same draft before. */
interface FoundCreation {
  readonly referralId: ReferralId;
  readonly isMade: boolean;
}

const mostTries = 5;

/** Making a referral: once for each draft, however often and from however many devices it is sent. */
@Injectable()
export class ReferralCreation {
  constructor(
    private readonly commands: CommandRunner,
    private readonly facts: DecisionFacts,
    private readonly intake: ReferralIntake,
  ) {}

  /** Runs again under another id where the reference of the first is taken, or where the draft was just sent elsewhere. */
  async create(request: CommandRequest, body: CreateReferral): Promise<Answer> {
    const client = clientAsked(body.client, this.facts.now());
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.createUnder(this.facts.newId(), { request, body, client });
      } catch (error) {
        const isMet = error instanceof SentMeanwhile || isReferenceTaken(error);
        if (!isMet || tries === mostTries) throw error;
      }
    }
  }

  private createUnder(newId: ReferralId, creation: Creation): Promise<Answer> {
    const { request } = creation;
    return this.commands.run({
      request,
      scope: tenantScope(request.actor),
      find: (tx) => this.find(tx, newId, creation),
      key: ({ referralId }) => referralId,
      work: (tx, found, { key: referralId, version }) => {
        if (found.referralId !== referralId) throw new SentMeanwhile();
        return found.isMade ? this.made(tx, referralId, creation) : this.make(tx, { referralId, version }, creation);
      },
    });
  }

  private async find(tx: Tx, newId: ReferralId, { request, body }: Creation): Promise<FoundCreation> {
    const { actor } = request;
    await this.intake.mayRefer(tx, actor);
    const draft = body.draftId === undefined ? undefined : await findDraft(tx, actor.personId, body.draftId);
    if (draft?.kind === 'act') {
      throw new Invalid([
        { field: 'draftId', message: 'this draft is of an action', allowed: 'a draft of a referral' },
      ]);
    }
    const referralId = draft?.referralId ?? null;
    return { referralId: referralId ?? newId, isMade: referralId !== null };
  }

  /** The referral that the draft became, as it now is. */
  private async made(tx: Tx, referralId: ReferralId, { request }: Creation): Promise<CommandResult> {
    await tx.useScope({ kind: 'system', key: referralId });
    const state = await loadReferral(tx, referralId);
    if (state === undefined) throw new NotFound();
    const facts = await this.facts.gather(tx, state, {});
    const body = referralView(state, { caller: callerOf(request.actor), facts });
    return { kind: 'done', status: 200, body, version: body.version, location: locationOf(referralId), events: [] };
  }

  private async make(
    tx: Tx,
    { referralId, version }: { readonly referralId: ReferralId; readonly version: number },
    { request, body, client }: Creation,
  ): Promise<CommandResult> {
    const { actor } = request;
    const now = this.facts.now();
    if (body.draftId !== undefined && !(await claimDraft(tx, actor, { draftId: body.draftId, referralId, at: now }))) {
      throw new SentMeanwhile();
    }
    const { clientId, ...created } = await this.intake.client(tx, actor, client);
    const needs = await this.intake.drafts(tx, actor, body.needs);
    await tx.useScope({ kind: 'system', key: referralId });
    const about = { clientId, networkId: actor.networkId };
    const facts = await this.facts.gather(tx, about, {}, { alive: client.kind === 'known' });
    const decided = step(
      null,
      {
        type: 'create-referral',
        caller: callerOf(actor),
        ...{ referralId, clientId, senderOrganizationId: actor.organizationId, networkId: actor.networkId },
        priority: body.priority,
        ...(body.neededBy === undefined ? {} : { neededBy: body.neededBy }),
        needs,
      },
      { ...facts, now },
      { version, actor: eventActor(actor) },
    );
    if (decided.kind === 'refused') return decided;
    const ids = needs.map((need) => need.serviceRequestId);
    await this.intake.writeNeedTexts(tx, decided.after, body.needs, ids, now);
    if (body.note !== undefined) await writeNote(tx, referralId, actor.organizationId, body.note);
    return {
      ...commandResult(decided, { ...referralView(decided.after, { caller: callerOf(actor), facts }), ...created }),
      ...{ status: 201, version: decided.after.version, location: locationOf(referralId) },
    };
  }
}

/** Another device has just sent the same draft: its referral is the answer. */
class SentMeanwhile extends Error {}

function locationOf(referralId: ReferralId): string {
  return `/api/referrals/referrals/${referralId}`;
}
