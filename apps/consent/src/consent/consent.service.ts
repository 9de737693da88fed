import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#access';
import { ConsentRecorded, type RecordConsent } from '#contracts';
import { CLOCK, IDS, type Clock, type Ids, type RowWrite } from '#events';
import { statement, type Tx } from '#persistence';
import { CommandRunner, type Answer, type CommandRequest, type CommandResult } from '#service';
import { asksWhoTreats, loadClient, readFacts, readOwners, republished } from '../client/client.rows.ts';
import { endTimers } from '../expiry/expiry-timers.ts';
import { OwnerKnown } from '../ownership/owner-known.service.ts';
import { treatingWatchTable } from '../treating/treating.rows.ts';
import { missingOf } from '../validity/completeness.ts';
import type { SignerAge } from '../validity/contradictions.ts';
import { checkRecordForm } from './consent-form.ts';
import { newConsentRow } from './consent-rows.ts';
import { toConsentAnswer, type Seen } from './consent-view.ts';
import { consentTable, toRecord, type ConsentRow, type StoredConsent } from './consent.entity.ts';
import { consentScope, seesEvidence } from './consent-scope.ts';
import { equalPaper } from './equal-paper.ts';
import { SignerAges } from './signer-ages.service.ts';

const keepEvidence = statement(
  'keep evidence',
  'insert into consent_evidence (consent_id, client_id, sha256, content_type, bytes) values ($1, $2, $3, $4, $5)',
);

/** Records a consent: one command, one transaction on the client's stream, with the permissions that change by it. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly ownerKnown: OwnerKnown,
    private readonly ages: SignerAges,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Stores the consent, complete or not. Throws Invalid; NotFound for an organization that is not a discloser. */
  async record(request: CommandRequest, body: RecordConsent): Promise<Answer> {
    const evidence = checkRecordForm(body, this.clock.now());
    const { actor } = request;
    await this.ownerKnown.wait(body.clientId, actor.organizationId);
    const age = await this.ages.at(body.clientId, actor.organizationId, body.signedAt);
    return this.commands.run({
      request,
      scope: consentScope(actor),
      find: async (tx) => ((await mayRecord(tx, actor, body)) ? body : undefined),
      key: () => body.clientId,
      work: (tx, _found, stream) => this.recording(tx, { request, body, evidence, age, version: stream.version + 1 }),
    });
  }

  private async recording(tx: Tx, { request, body, evidence, age, version }: Recording): Promise<CommandResult> {
    const now = this.clock.now();
    // all consents of the client count, even those that this organization may not see
    await tx.useScope({ kind: 'system', key: body.clientId });
    const client = await loadClient(tx, body.clientId);
    const row = newConsentRow(body, request.actor, { consentId: this.ids.next(), version, now, age });
    const equal = equalPaper(client.consents, row);
    if (equal !== undefined)
      return already(equal, { now, owners: client.facts.owners, evidence: seesEvidence(request.actor) });
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
    return {
      kind: 'done',
      status: 201,
      body: toConsentAnswer(stored, { now, owners: facts.owners, evidence: seesEvidence(request.actor) }),
      version,
      location: `/api/consent/consents/${row.consent_id}`,
      at: now,
      events: [{ event, subject: `consent/${row.consent_id}` }, ...change.events],
      rows: [{ table: consentTable, rows: [{ ...row }] }, ...watch(row), ...change.rows],
      timers: complete ? endTimers(row.consent_id, record, now) : [],
    };
  }
}

interface Recording {
  readonly request: CommandRequest;
  readonly body: RecordConsent;
  readonly evidence: Buffer | null;
  readonly age: SignerAge;
  readonly version: number;
}

/**
 * Disclosers and the client's owner may record. Anybody may store a paper without a discloser, because it authorises
 * nothing. The answer does not depend on whether another organization owns the client.
 */
async function mayRecord(tx: Tx, { organizationId }: Actor, body: RecordConsent): Promise<boolean> {
  const disclosers = body.disclosers ?? [];
  if (disclosers.length === 0 || disclosers.includes(organizationId)) return true;
  return (await readOwners(tx, body.clientId)).includes(organizationId);
}

/** Writes nothing: the paper already exists, and the answer has its address and version. */
function already(stored: StoredConsent, seen: Seen): CommandResult {
  const { consent_id: consentId, version } = stored.row;
  return {
    kind: 'done',
    body: { ...toConsentAnswer(stored, seen), alreadyRecorded: true },
    version,
    location: `/api/consent/consents/${consentId}`,
    events: [],
  };
}

function watch(row: ConsentRow): readonly RowWrite[] {
  return asksWhoTreats(row) ? [{ table: treatingWatchTable, rows: [{ client_id: row.client_id }] }] : [];
}
