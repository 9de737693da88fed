import { readScope, tenantScope, type Actor } from '#access';
import { referenceOf, type ListedNeed, type ListedReferral, type ReferralView } from '#contracts';
import { UnitOfWork, type Tx } from '#persistence';
import { NotFound, pageFrom, type Page, type PageAsked } from '#service';
import { dueOf, senderView, waitsFor } from '#tracking';
import { Injectable } from '@nestjs/common';
import { readClients, readNeedTexts, readNote, type StoredClient } from '../client/client.rows.ts';
import { senderLabel } from '../client/label.ts';
import { ReadingLog } from '../reading/reading-log.service.ts';
import { readProposals } from '../stream/proposal.rows.ts';
import { callerOf } from '../stream/caller.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { loadReferral } from '../stream/referral.rows.ts';
import { findReferral, referralPage } from '../stream/seen-referral.rows.ts';
import { asSeenBySender } from '../domain/task/senders-view.ts';
import type { NeedRow, ReferralState } from '../domain/referral.ts';
import { referralView, type NeedTexts } from './task-view.ts';

/** Reads of referrals for screens; nothing here decides. */
@Injectable()
export class ReferralQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: DecisionFacts,
    private readonly readings: ReadingLog,
  ) {}

  one(actor: Actor, referralId: string): Promise<ReferralView> {
    return this.unitOfWork.run(readScope(actor), async (tx) => {
      const seen = await findReferral(tx, referralId);
      if (seen === undefined) throw new NotFound();
      const texts = seen.senderOrganizationId === actor.organizationId ? await ownTexts(tx, actor, seen) : undefined;
      await tx.useScope({ kind: 'system', key: referralId });
      const state = await loadReferral(tx, referralId);
      if (state === undefined) throw new NotFound();
      const by = {
        caller: callerOf(actor),
        facts: await this.facts.gather(tx, state, {}),
        candidates: await readProposals(tx, referralId),
        sending: await this.facts.ofSending(tx, state, state.tasks),
      };
      if (texts === undefined) return referralView(state, by, undefined);
      const needs = await needTexts(tx, actor, state);
      await this.readings.own(tx, actor, 'referral', [state.clientId]);
      return referralView(state, by, { ...texts, needs });
    });
  }

  list(
    actor: Actor,
    asked: PageAsked<readonly [at: string, id: string]>,
    open: boolean | undefined,
  ): Promise<Page<ListedReferral>> {
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const [at, id] = asked.after ?? [];
      const rows = await referralPage(tx, {
        organizationId: actor.organizationId,
        open,
        below: at === undefined || id === undefined ? undefined : { at: String(at), id: String(id) },
        limit: asked.limit + 1,
      });
      const clients = await readClients(tx, [...new Set(rows.map((row) => row.clientId))]);
      await this.readings.own(tx, actor, 'referral-list', [...clients.keys()]);
      return pageFrom(
        asked,
        rows,
        (row) => [row.createdAt, row.referralId],
        (row) => listed(row, clients.get(row.clientId)),
      );
    });
  }
}

async function ownTexts(
  tx: Tx,
  actor: Actor,
  seen: { readonly referralId: string; readonly clientId: string },
): Promise<{ readonly client?: ReferralView['client']; readonly note: string | null }> {
  await tx.useScope(tenantScope(actor));
  const stored = (await readClients(tx, [seen.clientId])).get(seen.clientId);
  const note = await readNote(tx, seen.referralId);
  if (stored === undefined) return { note };
  const { version: _version, ...client } = stored;
  return { client, note };
}

async function needTexts(tx: Tx, actor: Actor, state: ReferralState): Promise<ReadonlyMap<string, NeedTexts>> {
  await tx.useScope(tenantScope(actor));
  const texts = await readNeedTexts(
    tx,
    state.needs.map((need) => need.serviceRequestId),
  );
  return new Map([...texts].map(([id, { serviceRequestId: _id, ...words }]) => [id, words]));
}

/** For its sender; no other reader has this list. */
function listed(referral: ReferralState, client: StoredClient | undefined): ListedReferral {
  const state = asSeenBySender(referral);
  return {
    referralId: state.referralId,
    reference: referenceOf(state.referralId),
    version: state.version,
    label: client === undefined ? null : senderLabel(client),
    priority: state.priority,
    neededBy: state.neededBy,
    createdAt: state.createdAt,
    closed: state.closed,
    needs: state.needs.map((need) => listedNeed(state, need)),
  };
}

/** A need is shown by its latest Task: the open one, otherwise the one that ended last. */
function listedNeed(state: ReferralState, need: NeedRow): ListedNeed {
  const tasks = state.tasks
    .filter((task) => task.serviceRequestId === need.serviceRequestId && task.state !== 'entered-in-error')
    .map(senderView);
  const shown = tasks.findLast((task) => task.endedAt === null) ?? tasks.at(-1);
  return {
    serviceRequestId: need.serviceRequestId,
    need: need.need,
    result: need.result,
    state: shown?.state ?? null,
    waitsFor: shown === undefined ? 'sender' : waitsFor(shown, need.rerouteAfterTaskId),
    dueAt: shown === undefined ? null : (dueOf(shown.timers, shown.priority)?.dueAt ?? null),
  };
}
