import { Inject, Injectable } from '@nestjs/common';
import {
  ConsentRevoked,
  type ConsentId,
  type InstantText,
  type RevokeAllConsents,
  type RevokeConsent,
} from '#contracts';
import { CLOCK, IDS, type Clock, type Ids } from '#events';
import type { Tx } from '#persistence';
import { CommandRunner, IllegalMove, type Answer, type CommandRequest, type Done, type CommandResult } from '#service';
import { loadClient, readConsents, republished, type ClientState } from '../client/client.rows.ts';
import { checkRevokeForm } from '../consent/consent-form.ts';
import { newRevocationRow } from '../consent/consent-rows.ts';
import { consentScope, seesEvidence } from '../consent/consent-scope.ts';
import { toConsentAnswer } from '../consent/consent-view.ts';
import { ConsentQueries } from '../consent/consent.queries.ts';
import type { ConsentRecord } from '../consent/consent.ts';
import {
  consentTable,
  revocationTable,
  toRecord,
  type ConsentRow,
  type StoredConsent,
} from '../consent/consent.entity.ts';
import { noEndTimers } from '../expiry/expiry-timers.ts';
import { assessmentOf } from '../validity/assessment.ts';
import { isExpired, isRevoked } from '../validity/validity.ts';
import { stillAuthorised, takenBack } from './still-authorised.ts';

/** A consent that the caller sees, with all consents of its client that they see. */
interface Found {
  readonly row: ConsentRow;
  readonly seen: ReadonlySet<ConsentId>;
}

interface Taking {
  readonly request: CommandRequest;
  readonly body: RevokeConsent;
  readonly version: number;
  readonly now: InstantText;
}

interface Taken {
  readonly before: StoredConsent;
  readonly after: StoredConsent;
  readonly events: Done['events'];
  readonly rows: NonNullable<Done['rows']>;
  readonly timers: NonNullable<Done['timers']>;
}

/** Revokes one consent or all consents of a client: one command, with the permissions that end by it, and what stays. */
@Injectable()
export class RevocationService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly consents: ConsentQueries,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Revokes the consent, in whole or in part. Throws Invalid; NotFound; refuses what has already been revoked. */
  revoke(request: CommandRequest, consentId: ConsentId, body: RevokeConsent): Promise<Answer> {
    checkRevokeForm(body, this.clock.now());
    return this.commands.run({
      request,
      scope: consentScope(request.actor),
      find: async (tx) => {
        const row = await this.consents.find(tx, consentId);
        return row === undefined ? undefined : { row, seen: await seenOf(tx, row.client_id) };
      },
      key: ({ row }) => row.client_id,
      work: (tx, found, stream) => this.revoking(tx, { request, body, found, version: stream.version + 1 }),
    });
  }

  /** Revokes every consent of the client that the caller sees. Throws Invalid; NotFound if there is none. */
  revokeAll(request: CommandRequest, body: RevokeAllConsents): Promise<Answer> {
    checkRevokeForm(body, this.clock.now());
    return this.commands.run({
      request,
      scope: consentScope(request.actor),
      find: async (tx) => {
        const seen = await seenOf(tx, body.clientId);
        return seen.size === 0 ? undefined : seen;
      },
      key: () => body.clientId,
      work: (tx, seen, stream) => this.revokingAll(tx, { request, body, seen, version: stream.version + 1 }),
    });
  }

  private async revoking(
    tx: Tx,
    { request, body, found, version }: Omit<Taking, 'now'> & { readonly found: Found },
  ): Promise<CommandResult> {
    const now = this.clock.now();
    await tx.useScope({ kind: 'system', key: found.row.client_id });
    const client = await loadClient(tx, found.row.client_id);
    const before = client.consents.find((each) => each.row.consent_id === found.row.consent_id);
    if (before === undefined) throw new Error('a consent that its reader saw is in its own stream');
    const { validity } = assessmentOf(toRecord(before), client.facts, now);
    const current = { version: before.row.version, state: validity };
    if (validity === 'revoked') {
      return { kind: 'refused', problem: new IllegalMove({ ...current, legalMoves: [] }) };
    }
    const taken = this.take(before, { request, body, version, now });
    const { change, remaining } = leftOf(client, [taken], found.seen, now);
    const seen = { now, owners: client.facts.owners, evidence: seesEvidence(request.actor) };
    return {
      kind: 'done',
      body: { ...toConsentAnswer(taken.after, seen), stillAuthorised: remaining },
      version,
      current,
      at: now,
      events: [...taken.events, ...change.events],
      rows: [...taken.rows, ...change.rows],
      timers: taken.timers,
    };
  }

  private async revokingAll(
    tx: Tx,
    asked: Omit<Taking, 'now' | 'body'> & { readonly body: RevokeAllConsents; readonly seen: ReadonlySet<ConsentId> },
  ): Promise<CommandResult> {
    const { request, body, seen, version } = asked;
    const now = this.clock.now();
    await tx.useScope({ kind: 'system', key: body.clientId });
    const client = await loadClient(tx, body.clientId);
    const open = client.consents
      .filter(({ row }) => seen.has(row.consent_id))
      .filter((stored) => !isRevoked(toRecord(stored)) && !isExpired(toRecord(stored), now));
    const each = { method: body.method, receivedAt: body.receivedAt };
    const taken = open.map((before, index) =>
      this.take(before, { request, body: each, version: version + index, now }),
    );
    const { change, remaining } = leftOf(client, taken, seen, now);
    const revokedIds = open.map(({ row }) => row.consent_id);
    return {
      kind: 'done',
      body: { clientId: body.clientId, revokedIds, stillAuthorised: remaining },
      at: now,
      events: [...taken.flatMap(({ events }) => events), ...change.events],
      rows: [...mergedRows(taken), ...change.rows],
      timers: taken.flatMap(({ timers }) => timers),
    };
  }

  private take(before: StoredConsent, { request, body, version, now }: Taking): Taken {
    const revocation = newRevocationRow(body, request.actor, { before, revocationId: this.ids.next(), now });
    const row = { ...before.row, version };
    const after: StoredConsent = { row, revocations: [...before.revocations, revocation] };
    const whole = isRevoked(toRecord(after));
    const { consent_id: consentId, client_id: clientId } = row;
    const event = ConsentRevoked.of({ consentId, clientId, whole, effectiveAt: now });
    return {
      before,
      after,
      events: [{ event, subject: `consent/${consentId}` }],
      rows: [
        { table: consentTable, rows: [{ ...row }] },
        { table: revocationTable, rows: [{ ...revocation }] },
      ],
      timers: whole ? noEndTimers(consentId) : [],
    };
  }
}

async function seenOf(tx: Tx, clientId: string): Promise<ReadonlySet<ConsentId>> {
  return new Set((await readConsents(tx, clientId)).map(({ row }) => row.consent_id));
}

/** The permissions that change, and what other consents that the caller sees still allow of the revoked part. */
function leftOf(
  client: ClientState,
  taken: readonly Taken[],
  seen: ReadonlySet<ConsentId>,
  now: InstantText,
): { readonly change: ReturnType<typeof republished>; readonly remaining: ReturnType<typeof stillAuthorised> } {
  const after = new Map(taken.map((each) => [each.before, each.after]));
  const records: readonly ConsentRecord[] = client.consents.map((each) => toRecord(after.get(each) ?? each));
  const touched = new Set(taken.map(({ before }) => before.row.consent_id));
  const others = records.filter(({ consentId }) => seen.has(consentId) && !touched.has(consentId));
  const pairs = taken.map((each) => ({ before: toRecord(each.before), after: toRecord(each.after) }));
  return {
    change: republished(client, records, client.facts, now),
    remaining: stillAuthorised(others, takenBack(pairs, client.facts, now), client.facts, now),
  };
}

/** One write per table: a statement names a table once. */
function mergedRows(taken: readonly Taken[]): NonNullable<Done['rows']> {
  return [consentTable, revocationTable].map((table) => ({
    table,
    rows: taken.flatMap(({ rows }) => rows.filter((each) => each.table === table).flatMap((each) => each.rows)),
  }));
}
