import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#access';
import { ConsentRecorded, ConsentRevoked, type ConsentId, type RecordConsent, type RevokeConsent } from '#contracts';
import { CLOCK, IDS, type Clock, type Ids, type RowWrite } from '#events';
import { statement, type Tx } from '#persistence';
import { Act, IllegalMove, type Answer, type CommandRequest, type Outcome } from '#service';
import { asksWhoTreats, loadClient, readFacts, readOwners, republished } from '../client/client.entity.ts';
import { OwnerKnown } from '../ownership/owner-known.service.ts';
import { treatingWatchTable } from '../treating/treating.entity.ts';
import { missingOf } from '../validity/completeness.ts';
import { checkRecordForm, checkRevokeForm } from './consent-form.ts';
import { newConsentRow, newRevocationRow } from './consent-rows.ts';
import { toConsentAnswer } from './consent-view.ts';
import { consentTable, revocationTable, toRecord, type ConsentRow, type StoredConsent } from './consent.entity.ts';
import { consentScope, seesEvidence } from './consent-scope.ts';
import { endOf, isRevoked, validityOf } from '../validity/validity.ts';

const consentById = statement('consent by id', 'select * from consent where consent_id = $1');
const keepEvidence = statement(
  'keep evidence',
  'insert into consent_evidence (consent_id, client_id, sha256, content_type, bytes) values ($1, $2, $3, $4, $5)',
);

/** Recording and revoking: one command, one transaction on the client's stream, with the permissions that change by it. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly act: Act,
    private readonly ownerKnown: OwnerKnown,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Stores the consent, complete or not. Throws Invalid; NotFound for an organization that is no discloser. */
  async record(request: CommandRequest, body: RecordConsent): Promise<Answer> {
    const evidence = checkRecordForm(body, this.clock.now());
    const { actor } = request;
    await this.ownerKnown.wait(body.clientId, actor.organizationId);
    return this.act.run({
      request,
      scope: consentScope(actor),
      find: async (tx) => ((await mayRecord(tx, actor, body)) ? body : undefined),
      key: () => body.clientId,
      work: (tx, _found, stream) => this.recording(tx, { request, body, evidence, version: stream.version + 1 }),
    });
  }

  /** Takes the consent back, whole or in part. Throws Invalid; NotFound; refuses what has been taken back already. */
  revoke(request: CommandRequest, consentId: ConsentId, body: RevokeConsent): Promise<Answer> {
    checkRevokeForm(body, this.clock.now());
    const { actor } = request;
    return this.act.run({
      request,
      scope: consentScope(actor),
      find: async (tx) => (await tx.query<ConsentRow>(consentById, [consentId]))[0],
      key: (found) => found.client_id,
      work: (tx, found, stream) => this.revoking(tx, { request, body, found, version: stream.version + 1 }),
    });
  }

  private async recording(tx: Tx, { request, body, evidence, version }: Recording): Promise<Outcome> {
    const now = this.clock.now();
    // All consents of the client count, also those that this organization may not see.
    await tx.rescope({ kind: 'system', key: body.clientId });
    const client = await loadClient(tx, body.clientId);
    const row = newConsentRow(body, request.actor, { consentId: this.ids.next(), version, now });
    const stored: StoredConsent = { row, revocations: [] };
    const record = toRecord(stored);
    const records = [...client.consents.map(toRecord), record];
    const facts = await readFacts(tx, body.clientId, records);
    if (evidence !== null) {
      await tx.query(keepEvidence, [row.consent_id, row.client_id, row.evidence_sha256, row.evidence_type, evidence]);
    }
    const change = republished(client, records, facts, now);
    const complete = missingOf(record).length === 0;
    const event = ConsentRecorded.of({
      consentId: row.consent_id,
      clientId: row.client_id,
      kind: row.kind,
      method: row.method,
      complete,
    });
    const end = complete ? endOf(record) : null;
    return {
      kind: 'done',
      status: 201,
      body: toConsentAnswer(stored, now, seesEvidence(request.actor)),
      version,
      location: `/api/consent/consents/${row.consent_id}`,
      at: now,
      events: [{ event, subject: `consent/${row.consent_id}` }, ...change.events],
      rows: [{ table: consentTable, rows: [{ ...row }] }, ...watch(row), ...change.rows],
      timers: end === null ? [] : [{ kind: 'consent-expiry', subject: row.consent_id, dueAt: end }],
    };
  }

  private async revoking(tx: Tx, { request, body, found, version }: Revoking): Promise<Outcome> {
    const now = this.clock.now();
    await tx.rescope({ kind: 'system', key: found.client_id });
    const client = await loadClient(tx, found.client_id);
    const before = client.consents.find((each) => each.row.consent_id === found.consent_id);
    if (before === undefined) throw new Error('a consent that its reader saw is in its own stream');
    const validity = validityOf(toRecord(before), now);
    const current = { version: before.row.version, state: validity };
    if (validity === 'revoked') {
      return { kind: 'refused', problem: new IllegalMove({ ...current, legalMoves: [] }) };
    }
    const revocation = newRevocationRow(body, request.actor, { before, revocationId: this.ids.next(), now });
    const row = { ...before.row, version };
    const stored: StoredConsent = { row, revocations: [...before.revocations, revocation] };
    const record = toRecord(stored);
    const records = client.consents.map((each) => (each === before ? record : toRecord(each)));
    const change = republished(client, records, client.facts, now);
    const whole = isRevoked(record);
    const event = ConsentRevoked.of({ consentId: row.consent_id, clientId: row.client_id, whole, effectiveAt: now });
    return {
      kind: 'done',
      body: toConsentAnswer(stored, now, seesEvidence(request.actor)),
      version,
      current,
      at: now,
      events: [{ event, subject: `consent/${row.consent_id}` }, ...change.events],
      rows: [
        { table: consentTable, rows: [{ ...row }] },
        { table: revocationTable, rows: [{ ...revocation }] },
        ...change.rows,
      ],
      timers: whole ? [{ kind: 'consent-expiry', subject: row.consent_id, dueAt: null }] : [],
    };
  }
}

interface Recording {
  readonly request: CommandRequest;
  readonly body: RecordConsent;
  readonly evidence: Buffer | null;
  readonly version: number;
}

interface Revoking {
  readonly request: CommandRequest;
  readonly body: RevokeConsent;
  readonly found: ConsentRow;
  readonly version: number;
}

/**
 * Disclosers record, and whoever owns the client. A paper without any discloser may be stored by anybody, as it stands
 * for nobody; the answer is the same whether or not somebody else owns the client.
 */
async function mayRecord(tx: Tx, { organizationId }: Actor, body: RecordConsent): Promise<boolean> {
  const disclosers = body.disclosers ?? [];
  if (disclosers.length === 0 || disclosers.includes(organizationId)) return true;
  return (await readOwners(tx, body.clientId)).includes(organizationId);
}

function watch(row: ConsentRow): readonly RowWrite[] {
  return asksWhoTreats(row) ? [{ table: treatingWatchTable, rows: [{ client_id: row.client_id }] }] : [];
}
