import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#access';
import type { ClientId, ConsentId, ConsentView } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { statement, UnitOfWork } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { readOwners } from '../client/client.rows.ts';
import { consentScope, seesEvidence } from './consent-scope.ts';
import { toConsentView } from './consent-view.ts';
import { withRevocations, type ConsentRow } from './consent.rows.ts';

const consentById = statement('consent to read', 'select * from consent where consent_id = $1').reads<ConsentRow>();
const consentsOfClient = statement(
  'consents of client, newest first',
  `select * from consent where client_id = $1 and ($2::uuid is null or consent_id < $2)
   order by consent_id desc limit $3`,
).reads<ConsentRow>();

@Injectable()
export class ConsentQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined both for a hidden consent and for one that does not exist. */
  one(actor: Actor, consentId: ConsentId): Promise<ConsentView | undefined> {
    return this.unitOfWork.run(consentScope(actor), async (tx) => {
      const [stored] = await withRevocations(tx, await tx.query(consentById, [consentId]));
      if (stored === undefined) return undefined;
      const owners = await readOwners(tx, stored.row.client_id);
      return toConsentView(stored, { now: this.clock.now(), owners, evidence: seesEvidence(actor) });
    });
  }

  /** Newest first; empty for a client whom the caller may not see. */
  list(actor: Actor, clientId: ClientId, page: PageAsked<readonly [id: string]>): Promise<Page<ConsentView>> {
    return this.unitOfWork.run(consentScope(actor), async (tx) => {
      const rows = await tx.query(consentsOfClient, [clientId, page.after?.[0] ?? null, page.limit + 1]);
      const found = await withRevocations(tx, rows);
      const owners = found.length === 0 ? [] : await readOwners(tx, clientId);
      const seen = { now: this.clock.now(), owners, evidence: seesEvidence(actor) };
      return pageFrom(
        page,
        found,
        ({ row }) => [row.consent_id],
        (stored) => toConsentView(stored, seen),
      );
    });
  }
}
