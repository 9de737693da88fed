import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PacketOpened, riverCounty, TaskConsentAwaited } from '#contracts';
import { connectDatabase, statement, UnitOfWork, type Scope } from '#persistence';
import { FakeClock, seededIds } from '#testing';
import { council, harbor, hospital, lakeside } from '../examples/consent-examples.ts';
import { created, paper } from '../examples/papers.ts';
import type { RunningConsent } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(6);
const [clientId, referralId, taskId] = [ids.next(), ids.next(), ids.next()];
const guarded = [
  'consent',
  'consent_revocation',
  'consent_evidence',
  'permission',
  'consent_request',
  'disclosure_entry',
];
let consent: RunningConsent;
let asApp: UnitOfWork;
let closeApp: () => Promise<void>;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
  const dataSource = await connectDatabase({ service: 'consent', url: consent.appUrl });
  asApp = new UnitOfWork(dataSource);
  closeApp = () => dataSource.destroy();
  await oneOfEach();
});
afterAll(async () => {
  await closeApp?.();
  await consent?.close();
});

/** The hospital's client: a consent with evidence, partly revoked, a request, an opening. */
async function oneOfEach(): Promise<void> {
  await consent.publish(referralId, created(referralId, clientId));
  await consent.publish(
    referralId,
    TaskConsentAwaited.of({
      referralId,
      taskId,
      serviceRequestId: ids.next(),
      clientId,
      categories: ['core-contact'],
      purpose: 'treatment',
    }),
  );
  const evidence = {
    sha256: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
    contentType: 'text/plain' as const,
    base64: Buffer.from('a').toString('base64'),
  };
  const answer = await consent.command('dana.planner', 'consents', paper(clientId, { evidence }));
  const { consentId } = answer.body as { consentId: string };
  const revocation = { method: 'e-signature', receivedAt: clock.now(), scope: { categories: ['stated-need'] } };
  const revoked = await consent.command('dana.planner', `consents/${consentId}/revoke`, revocation, {
    'if-match': answer.etag ?? '',
  });
  expect(revoked.status).toBe(200);
  const parties = { fromOrganizationId: hospital, toOrganizationId: harbor, readerId: ids.next() };
  await consent.publish(
    referralId,
    PacketOpened.of({
      ...parties,
      referralId,
      taskId,
      clientId,
      disclosureId: ids.next(),
      direction: 'send',
      categories: ['core-contact'],
      purpose: 'treatment',
      consentIds: [consentId],
      noticeCodes: [],
      first: true,
    }),
  );
}

const tenant = (organizationId: string): Scope => ({ kind: 'tenant', organizationId, personId: ids.next() });
const network = (organizationId: string, networkId: string = riverCounty.networkId): Scope => ({
  kind: 'network',
  networkId,
  organizationId,
  personId: ids.next(),
});

async function seen(scope: Scope): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const table of guarded) {
    const count = statement(`count ${table}`, `select count(*)::int as count from ${table}`);
    counts[table] = await asApp.run(scope, async (tx) => (await tx.query<{ count: number }>(count))[0]?.count ?? -1);
  }
  return counts;
}

const nothing = Object.fromEntries(guarded.map((table) => [table, 0]));

describe('the application’s own role, whatever it selects', () => {
  it('sees nothing without a scope, in packet scope, or in another client’s stream', async () => {
    const none: Scope = { kind: 'tenant', organizationId: '', personId: '' };
    const packet: Scope = { kind: 'packet', organizationId: hospital, personId: ids.next() };
    const scopes: readonly Scope[] = [none, packet, { kind: 'system', key: '' }, { kind: 'system', key: ids.next() }];
    for (const scope of scopes) expect(await seen(scope)).toEqual(nothing);
  });

  it('sees as the discloser the consent, the request and the ledger, and never the evidence', async () => {
    expect(await seen(tenant(hospital))).toEqual({
      ...nothing,
      consent: 1,
      consent_revocation: 1,
      consent_request: 1,
      disclosure_entry: 1,
    });
  });

  it('sees as the recipient only what was disclosed to it, and as a stranger nothing', async () => {
    expect(await seen(tenant(harbor))).toEqual({ ...nothing, disclosure_entry: 1 });
    expect(await seen(tenant(lakeside))).toEqual(nothing);
    expect(await seen(tenant(council))).toEqual(nothing);
  });

  it('sees as the coordinating organization what names it, and nothing of another one', async () => {
    expect(await seen(network(council))).toEqual({
      ...nothing,
      consent: 1,
      consent_revocation: 1,
      consent_request: 1,
      permission: 2,
    });
    expect(await seen(network(lakeside))).toEqual(nothing);
    expect(await seen(network(council, ids.next()))).toMatchObject({ consent_request: 0 });
  });

  it('sees in the client’s own stream everything except the evidence, and in the referral’s the request and the ledger', async () => {
    expect(await seen({ kind: 'system', key: clientId })).toEqual({
      ...nothing,
      consent: 1,
      consent_revocation: 1,
      permission: 4,
      consent_request: 1,
    });
    expect(await seen({ kind: 'system', key: referralId })).toEqual({
      ...nothing,
      consent_request: 1,
      disclosure_entry: 1,
    });
  });

  it('changes a consent only in the client’s own stream', async () => {
    const change = statement(
      'widen',
      `update consent set categories = '{hiv-sti}' where client_id = $1 returning consent_id`,
    );
    for (const scope of [tenant(hospital), network(council), { kind: 'system', key: referralId } as const]) {
      expect(await asApp.run(scope, (tx) => tx.query(change, [clientId]))).toEqual([]);
    }
    const insert = statement(
      'smuggle',
      `insert into permission (client_id, recipient_organization_id, purpose, direction, categories, return_path,
         consent_ids, valid_from, intermediary, version) values ($1, $2, 'treatment', 'send', '{}', 'none', '{}', now(), false, 99)`,
    );
    for (const scope of [tenant(harbor), network(council), { kind: 'system', key: ids.next() } as const]) {
      await expect(asApp.run(scope, (tx) => tx.query(insert, [clientId, harbor]))).rejects.toThrow(
        'row-level security',
      );
    }
  });

  it('cannot bypass the policies: it owns nothing, bypasses nothing, and turns nothing off', async () => {
    const mine = statement(
      'who am i',
      `select rolsuper, rolbypassrls, (select count(*)::int from pg_tables where tableowner = current_user) as owned
       from pg_roles where rolname = current_user`,
    );
    expect(await asApp.run(tenant(harbor), (tx) => tx.query(mine))).toEqual([
      { rolsuper: false, rolbypassrls: false, owned: 0 },
    ]);
    for (const table of guarded) {
      const off = statement(`off ${table}`, `alter table ${table} disable row level security`);
      await expect(asApp.run(tenant(harbor), (tx) => tx.query(off))).rejects.toThrow('must be owner');
    }
  });
});

describe('the watermark', () => {
  it('is sent to every partition', async () => {
    const rows = await consent.sql<{ partition: number; as_of: string }>(
      `select distinct on (partition) partition, value::jsonb ->> 'asOf' as as_of from embedded_transport.message
       where topic = 'consent.events' and headers ->> 'ce_type' = 'consent.watermark' order by partition, "offset" desc`,
    );
    expect(rows.map((each) => each.partition)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(rows.map((each) => each.as_of))).toEqual(new Set([expect.stringMatching(/^2026-11-24T/)]));
  });
});
