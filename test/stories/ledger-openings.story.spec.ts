import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { LedgerVerificationView, NotificationView } from '#contracts';
import { withClient } from '#persistence';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from './people.ts';
import { open, sent, type Items } from './scene.ts';

let deployment: TestDeployment;
let olga: Person;
beforeAll(async () => {
  deployment = await openDeployment();
  olga = new Person(deployment, 'olga.privacy');
}, 120_000);
afterAll(() => deployment?.close());

/** As a superuser, whom no trigger stops. */
async function sql(text: string, values: readonly unknown[] = []): Promise<void> {
  await withClient(deployment.adminUrl, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(text, [...values]);
  });
}

const verified = (): Promise<LedgerVerificationView> => olga.post('/api/consent/ledger/verifications', {});

it('openings that only the ledger or only the log of referrals has are found and reported [S4]', async () => {
  // Given packets that were opened
  const { taskId, referralId } = await sent(deployment);
  await open(new Person(deployment, 'ines.harbor'), taskId);
  await open(new Person(deployment, 'ines.harbor'), taskId);
  await deployment.settle();
  const before = await verified();
  expect(before).toMatchObject({ state: 'intact', findings: [] });
  expect(before.openings).toBeGreaterThanOrEqual(2);

  // When somebody removes one from the log of referrals, and inserts another one there
  const forged = '01930000-0000-7000-8000-0000000f04ed';
  const ofReferral = `type = 'referral.packet.opened' and stream_key = '${referralId}'`;
  await sql(
    `with one as (select id, data->>'disclosureId' as said from referrals.event where ${ofReferral} limit 1)
     update referrals.event e set data = jsonb_set(data, '{disclosureId}', to_jsonb($1::text))
     from one where e.id = one.id`,
    [forged],
  );

  // Then each is named, with its opening, and the privacy officer is notified once
  const found = await verified();
  await verified();
  expect(found).toMatchObject({ state: 'broken', openings: before.openings, findingCount: 2 });
  expect(found.findings.map(({ kind, disclosureId }) => [kind, disclosureId === forged])).toEqual([
    ['opening-without-entry', true],
    ['entry-without-opening', false],
  ]);
  await deployment.settle();
  const { items } = await olga.get<Items<NotificationView>>('/api/notifications/notifications?limit=100');
  expect(items.filter(({ template }) => template === 'ledger-broken')).toHaveLength(1);
}, 120_000);
