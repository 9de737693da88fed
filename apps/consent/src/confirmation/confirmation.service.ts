import { Inject, Injectable } from '@nestjs/common';
import { ConsentConfirmed, type ConsentId } from '#contracts';
import { CLOCK, type Clock } from '#events';
import type { Tx } from '#persistence';
import {
  CommandRunner,
  GuardRefused,
  IllegalMove,
  type Answer,
  type CommandRequest,
  type CommandResult,
} from '#service';
import { loadClient, republished } from '../client/client.rows.ts';
import { consentScope, seesEvidence } from '../consent/consent-scope.ts';
import { toConsentAnswer } from '../consent/consent-view.ts';
import { consentTable, toRecord, type ConsentRow, type StoredConsent } from '../consent/consent.entity.ts';
import { ConsentQueries } from '../consent/consent.queries.ts';
import { isVouched, assessmentOf } from '../validity/assessment.ts';

/** The client's owner confirms a paper that another organization recorded: from then on it authorises. */
@Injectable()
export class ConfirmationService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly consents: ConsentQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Throws NotFound if the caller may not see it; refuses everybody except the owner, and a consent that needs no
   * confirmation.
   */
  confirm(request: CommandRequest, consentId: ConsentId): Promise<Answer> {
    return this.commands.run({
      request,
      scope: consentScope(request.actor),
      find: (tx) => this.consents.find(tx, consentId),
      key: (found) => found.client_id,
      work: (tx, found, stream) => this.confirming(tx, request, found, stream.version + 1),
    });
  }

  private async confirming(
    tx: Tx,
    { actor }: CommandRequest,
    found: ConsentRow,
    version: number,
  ): Promise<CommandResult> {
    const now = this.clock.now();
    await tx.useScope({ kind: 'system', key: found.client_id });
    const client = await loadClient(tx, found.client_id);
    const before = client.consents.find((each) => each.row.consent_id === found.consent_id);
    if (before === undefined) throw new Error('a consent that its reader saw is in its own stream');
    const { owners } = client.facts;
    if (!owners.includes(actor.organizationId) || !before.row.disclosers.includes(actor.organizationId)) {
      const detail = 'Only the organization that owns the client, and that the paper names as discloser, confirms it.';
      return {
        kind: 'refused',
        problem: new GuardRefused({ guard: 'ownerConfirms', facts: {}, legalMoves: [], detail }),
      };
    }
    const { validity } = assessmentOf(toRecord(before), client.facts, now);
    if (validity === 'revoked' || validity === 'expired' || isVouched(toRecord(before), client.facts)) {
      const current = { version: before.row.version, state: validity };
      return { kind: 'refused', problem: new IllegalMove({ ...current, legalMoves: [] }) };
    }
    const row: ConsentRow = {
      ...before.row,
      version,
      confirmed_by: actor.personId,
      confirmed_by_organization_id: actor.organizationId,
      confirmed_at: now,
    };
    const after: StoredConsent = { ...before, row };
    const records = client.consents.map((each) => toRecord(each === before ? after : each));
    const change = republished(client, records, client.facts, now);
    const event = ConsentConfirmed.of({ consentId: row.consent_id, clientId: row.client_id });
    return {
      kind: 'done',
      body: toConsentAnswer(after, { now, owners, evidence: seesEvidence(actor) }),
      version,
      at: now,
      events: [{ event, subject: `consent/${row.consent_id}` }, ...change.events],
      rows: [{ table: consentTable, rows: [{ ...row }] }, ...change.rows],
    };
  }
}
