import { hasRole, packetScope, readScope, tenantScope, type Actor } from '#access';
import type { AskClientAge, ClientAgeView, DuplicateClient, FoundClient, NewClient, SearchClients } from '#contracts';
import { statement, UnitOfWork, type Tx } from '#persistence';
import { NotFound, pageFrom, type Page, type PageAsked } from '#service';
import { ageAt } from './age.ts';
import { Injectable } from '@nestjs/common';
import { GateDoor } from '../consent-gate/gate-door.service.ts';
import { ReadingLog, type ReadingCause } from '../reading/reading-log.service.ts';
import type { Sight } from '../reading/reading.ts';
import { permissionFor } from '../domain/consent/consent-fact.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { ReferralsConfig } from '../config/referrals.config.ts';
import { matching, matchValues } from './keys/client-key.rows.ts';
import { readingsOf } from './keys/client-keys.ts';
import { readClients, readTwins, type StoredClient, type TwinRow } from './client.rows.ts';
import { duplicatesAmong } from './keys/duplicates.ts';
import { senderLabel } from './label.ts';
import { askedPhone } from './keys/phone.ts';

type FoundRow = Omit<TwinRow, 'phone'>;

// An extension distinguishes two numbers only if both are known.
const search = statement(
  'client-search',
  `select client_id as "clientId", given, family, birth_date as "birthDate", birth_estimated as estimated from client
   where client_id in (${matching(1)}) and client_id > $7::uuid
     and ($8::text is null or phone_extension is null or phone_extension = $8)
   order by client_id limit $9`,
).reads<FoundRow>();
const organizations = statement(
  'client-search-owners',
  'select organization_id as "organizationId" from organization_copy where network_id = $1',
).reads<{ organizationId: string }>();
const referralsOf = statement(
  'referrals-of-clients',
  `select client_id as "clientId", referral_id as "referralId" from referral where client_id = any($1::uuid[])
   order by referral_id`,
).reads<{ clientId: string; referralId: string }>();

/** The open access that shows another organization's client, the first for each client. */
const accessBehind = statement(
  'access-behind-clients',
  `select distinct on (client_id) client_id as "clientId", referral_id as "referralId", task_id as "taskId",
          from_organization_id as "fromOrganizationId"
     from access where open and client_id = any($1::uuid[]) and to_organization_id = $2
    order by client_id, access_id`,
).reads<Omit<Sight, 'permission'>>();

/** Finds a person again: names and numbers are sent in a body, never in a URL (contract.md §1). */
@Injectable()
export class ClientQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: DecisionFacts,
    private readonly door: GateDoor,
    private readonly readings: ReadingLog,
    private readonly config: ReferralsConfig,
  ) {}

  one(actor: Actor, clientId: string): Promise<StoredClient> {
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const found = (await readClients(tx, [clientId])).get(clientId);
      if (found === undefined) throw new NotFound();
      await this.readings.own(tx, actor, 'client', [clientId]);
      return found;
    });
  }

  /** Runs in the scope of the organization that will own the client; it reads a date but returns none. */
  age({ personId }: Actor, { clientId, organizationId, at }: AskClientAge): Promise<ClientAgeView> {
    return this.unitOfWork.run({ kind: 'tenant', organizationId, personId }, async (tx) => {
      const found = (await readClients(tx, [clientId])).get(clientId);
      const birthDate = found?.birthDate ?? null;
      return birthDate === null ? { born: null, adult: null } : ageAt(birthDate, at);
    });
  }

  /** The clients of the caller's organization; for a coordinator those whose consent names the coordinating organization. */
  search(
    actor: Actor,
    asked: SearchClients,
    page: PageAsked<readonly [id: string]>,
    cause: ReadingCause,
  ): Promise<Page<FoundClient>> {
    const coordinator = hasRole(actor, 'coordinator');
    const scope = coordinator ? packetScope(actor) : tenantScope(actor);
    return this.readings.across(scope, { actor, cause }, async (tx) => {
      const { PHONE_REGION: region } = this.config;
      const owners = coordinator ? await organizationsOf(tx, actor) : [actor.organizationId];
      const rows = await tx.query(search, [
        ...matchValues(owners, readingsOf(asked, region)),
        page.after?.[0] ?? '00000000-0000-0000-0000-000000000000',
        asked.phone === undefined ? null : askedPhone(asked.phone, region).extension,
        page.limit + 1,
      ]);
      const sights = coordinator ? await this.consented(tx, actor, rows) : [];
      const shown = new Set((coordinator ? sights : rows).map((each) => each.clientId));
      await tx.useScope(readScope(actor));
      const referrals = await tx.query(referralsOf, [rows.map((row) => row.clientId)]);
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

  /** The clients of the caller's organization that may be this person. Nothing is merged; a person decides. */
  duplicates(actor: Actor, client: NewClient): Promise<readonly DuplicateClient[]> {
    const { PHONE_REGION: region } = this.config;
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const found = duplicatesAmong(client, await readTwins(tx, actor.organizationId, client, region), region);
      const clientIds = found.map((each) => each.clientId);
      await this.readings.own(tx, actor, 'search', clientIds);
      return found.map(({ clientId, because, row }) => ({ clientId, label: senderLabel(row), because }));
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
    const behind = await tx.query(accessBehind, [[...allowed.keys()], actor.organizationId]);
    return behind.flatMap((each) => {
      const permission = allowed.get(each.clientId);
      return permission === undefined ? [] : [{ ...each, permission }];
    });
  }
}

/** Where a coordinator's clients may come from. */
async function organizationsOf(tx: Tx, actor: Actor): Promise<readonly string[]> {
  const rows = await tx.query(organizations, [actor.networkId]);
  return rows.map((row) => row.organizationId);
}
