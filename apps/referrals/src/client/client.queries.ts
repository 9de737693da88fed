import { hasRole, packetScope, readScope, tenantScope, type Actor } from '#access';
import type { FoundClient, SearchClients } from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { NotFound, pageFrom, type Page, type PageAsked } from '#service';
import { Injectable } from '@nestjs/common';
import { GateDoor } from '../consent-gate/gate-door.service.ts';
import { DecisionFacts, permissionFor } from '../referral/decision.facts.ts';
import { readClients, type StoredClient } from './client.entity.ts';
import { senderLabel } from './label.ts';

interface FoundRow {
  readonly clientId: string;
  readonly given: string;
  readonly family: string;
  readonly birthDate: string;
}

const search = statement(
  'client-search',
  `select client_id as "clientId", given, family, birth_date as "birthDate" from client
   where ($1::text is null or lower(family) like $1 or lower(given) like $1 or lower(given || ' ' || family) like $1)
     and ($2::date is null or birth_date = $2)
     and ($3::text is null or regexp_replace(phone, '[^0-9]', '', 'g') = $3)
     and client_id > $4::uuid
   order by client_id limit $5`,
);
const referralsOf = statement(
  'referrals-of-clients',
  `select client_id as "clientId", referral_id as "referralId" from referral where client_id = any($1::uuid[])
   order by referral_id`,
);

/** Finding the person again: names and numbers travel in a body, never in an address (contract.md §1). */
@Injectable()
export class ClientQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: DecisionFacts,
    private readonly door: GateDoor,
  ) {}

  one(actor: Actor, clientId: string): Promise<StoredClient> {
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const found = (await readClients(tx, [clientId])).get(clientId);
      if (found === undefined) throw new NotFound();
      return found;
    });
  }

  /** Own organization's clients; for a coordinator those whose consent names the coordinating organization. */
  search(actor: Actor, asked: SearchClients, page: PageAsked): Promise<Page<FoundClient>> {
    const coordinator = hasRole(actor, 'coordinator');
    return this.unitOfWork.run(coordinator ? packetScope(actor) : tenantScope(actor), async (tx) => {
      const rows = await tx.query<FoundRow>(search, [
        asked.name === undefined ? null : `${escapeLike(asked.name.trim().toLowerCase())}%`,
        asked.birthDate ?? null,
        asked.phone === undefined ? null : asked.phone.replaceAll(/\D/g, ''),
        page.after?.[0] ?? '00000000-0000-0000-0000-000000000000',
        page.limit + 1,
      ]);
      const shown = coordinator ? await this.consented(tx, actor, rows) : new Set(rows.map((row) => row.clientId));
      await tx.rescope(readScope(actor));
      const referrals = await tx.query<{ clientId: string; referralId: string }>(referralsOf, [
        rows.map((row) => row.clientId),
      ]);
      const found = pageFrom(
        page,
        rows,
        (row) => [row.clientId],
        (row): FoundClient => ({
          clientId: row.clientId,
          label: senderLabel(row),
          referralIds: referrals.filter((each) => each.clientId === row.clientId).map((each) => each.referralId),
        }),
      );
      return { ...found, items: found.items.filter((each) => shown.has(each.clientId)) };
    });
  }

  private async consented(tx: Tx, actor: Actor, rows: readonly FoundRow[]): Promise<ReadonlySet<string>> {
    const known = await this.door.holdKnown(
      tx,
      rows.map((row) => row.clientId),
    );
    const now = this.facts.now();
    const allowed = [...known].filter(([, permissions]) => {
      const permission = permissionFor(permissions, actor.organizationId, now);
      return permission?.intermediary === true && permission.categories.includes('core-contact');
    });
    return new Set(allowed.map(([clientId]) => clientId));
  }
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}
