import { hasRole, packetScope, readScope, tenantScope, type Actor } from '#access';
import type { AskClientAge, ClientAgeView, FoundClient, SearchClients } from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { NotFound, pageFrom, type Page, type PageAsked } from '#service';
import { ageAt } from './age.ts';
import { Injectable } from '@nestjs/common';
import { GateDoor } from '../consent-gate/gate-door.service.ts';
import { ReadingLog, type ReadingCause } from '../reading/reading-log.service.ts';
import type { Sight } from '../reading/reading.ts';
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

/** The open access behind which another organization's client is seen, the first of each. */
const accessBehind = statement(
  'access-behind-clients',
  `select distinct on (client_id) client_id as "clientId", referral_id as "referralId", task_id as "taskId",
          from_organization_id as "fromOrganizationId"
     from access where open and client_id = any($1::uuid[]) and to_organization_id = $2
    order by client_id, access_id`,
);

/** Finding the person again: names and numbers travel in a body, never in an address (contract.md §1). */
@Injectable()
export class ClientQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: DecisionFacts,
    private readonly door: GateDoor,
    private readonly readings: ReadingLog,
  ) {}

  one(actor: Actor, clientId: string): Promise<StoredClient> {
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const found = (await readClients(tx, [clientId])).get(clientId);
      if (found === undefined) throw new NotFound();
      await this.readings.own(tx, actor, 'client', [clientId]);
      return found;
    });
  }

  /** In the scope of the organization whose client it is to be; it reads a date and tells none. */
  age({ personId }: Actor, { clientId, organizationId, at }: AskClientAge): Promise<ClientAgeView> {
    return this.unitOfWork.run({ kind: 'tenant', organizationId, personId }, async (tx) => {
      const found = (await readClients(tx, [clientId])).get(clientId);
      return found === undefined ? { born: null, adult: null } : ageAt(found.birthDate, at);
    });
  }

  /** Own organization's clients; for a coordinator those whose consent names the coordinating organization. */
  search(actor: Actor, asked: SearchClients, page: PageAsked, cause: ReadingCause): Promise<Page<FoundClient>> {
    const coordinator = hasRole(actor, 'coordinator');
    const scope = coordinator ? packetScope(actor) : tenantScope(actor);
    return this.readings.across(scope, { actor, cause }, async (tx) => {
      const rows = await tx.query<FoundRow>(search, [
        asked.name === undefined ? null : `${escapeLike(asked.name.trim().toLowerCase())}%`,
        asked.birthDate ?? null,
        asked.phone === undefined ? null : asked.phone.replaceAll(/\D/g, ''),
        page.after?.[0] ?? '00000000-0000-0000-0000-000000000000',
        page.limit + 1,
      ]);
      const sights = coordinator ? await this.consented(tx, actor, rows) : [];
      const shown = new Set((coordinator ? sights : rows).map((each) => each.clientId));
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
      const items = found.items.filter((each) => shown.has(each.clientId));
      const named = new Set(items.map((each) => each.clientId));
      return {
        answer: { ...found, items },
        kind: 'search',
        own: coordinator ? [] : [...named],
        across: sights.filter((each) => named.has(each.clientId)),
      };
    });
  }

  private async consented(tx: Tx, actor: Actor, rows: readonly FoundRow[]): Promise<readonly Sight[]> {
    const known = await this.door.holdKnown(
      tx,
      rows.map((row) => row.clientId),
    );
    const now = this.facts.now();
    const allowed = new Map(
      [...known].flatMap(([clientId, permissions]) => {
        const permission = permissionFor(permissions, actor.organizationId, now);
        const covers = permission?.intermediary === true && permission.categories.includes('core-contact');
        return covers ? [[clientId, permission] as const] : [];
      }),
    );
    if (allowed.size === 0) return [];
    const behind = await tx.query<Omit<Sight, 'permission'>>(accessBehind, [[...allowed.keys()], actor.organizationId]);
    return behind.flatMap((each) => {
      const permission = allowed.get(each.clientId);
      return permission === undefined ? [] : [{ ...each, permission }];
    });
  }
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}
