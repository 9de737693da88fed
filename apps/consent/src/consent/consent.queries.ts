import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#access';
import type { ClientId, ConsentId, ConsentView } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { UnitOfWork, type Tx } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { LessThan } from 'typeorm';
import { readOwners, withRevocations } from '../client/client.rows.ts';
import { consentScope, seesEvidence } from './consent-scope.ts';
import { toConsentView } from './consent-view.ts';
import { ConsentRow } from './consent.entity.ts';

@Injectable()
export class ConsentQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined both for a hidden consent and for one that does not exist. */
  one(actor: Actor, consentId: ConsentId): Promise<ConsentView | undefined> {
    return this.unitOfWork.run(consentScope(actor), async (tx) => {
      const row = await this.find(tx, consentId);
      const [stored] = row === undefined ? [] : await withRevocations(tx, [row]);
      if (stored === undefined) return undefined;
      const owners = await readOwners(tx, stored.row.client_id);
      return toConsentView(stored, { now: this.clock.now(), owners, evidence: seesEvidence(actor) });
    });
  }

  async find(tx: Tx, consentId: ConsentId): Promise<ConsentRow | undefined> {
    return (await tx.manager.getRepository(ConsentRow).findOneBy({ consent_id: consentId })) ?? undefined;
  }

  /** Newest first; empty for a client whom the caller may not see. */
  list(actor: Actor, clientId: ClientId, page: PageAsked<readonly [id: string]>): Promise<Page<ConsentView>> {
    return this.unitOfWork.run(consentScope(actor), async (tx) => {
      const after = page.after?.[0];
      const rows = await tx.manager.getRepository(ConsentRow).find({
        where: { client_id: clientId, ...(after === undefined ? {} : { consent_id: LessThan(after) }) },
        order: { consent_id: 'desc' },
        take: page.limit + 1,
      });
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
