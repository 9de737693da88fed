import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { riverCounty, seedOrganizationId, type DeliveryView } from '#contracts';
import { withClient } from '#persistence';
import { actorOf, rowsRead, testService, type TestService } from '#testing';
import { NotificationsModule } from '../notifications.module.ts';

const sentOnes = 20_000;
const harbor = seedOrganizationId('harbor-house');

/** A year of a network: nearly all deliveries were sent, a few mails failed, fewer still wait. */
const deliveries = `
  insert into notifications.delivery
  select gen_random_uuid(), gen_random_uuid(), $1::uuid, 'email', 'task-sent', gen_random_uuid(), gen_random_uuid(), $2::uuid,
    (case when n % 2 = 0 then $3 else $4 end)::uuid,
    case when n > ${sentOnes} + 4 then 'waiting' when n > ${sentOnes} then 'failed' else 'sent' end,
    1, timestamptz '2026-01-01' + n * interval '10 minutes', case when n > ${sentOnes} then 'rejected' end
  from generate_series(1, ${sentOnes} + 6) n`;

let notifications: TestService;
beforeAll(async () => {
  notifications = await testService(NotificationsModule, 'notifications');
  await withClient(notifications.deployment.adminUrl, async (client) => {
    const of = [actorOf('abel.harbor').personId, riverCounty.networkId, harbor, seedOrganizationId('lakeside')];
    await client.query(deliveries, of);
    await client.query('analyze notifications.delivery');
  });
});
afterAll(() => notifications?.close());

async function page(login: string, query: string): Promise<{ items: DeliveryView[]; next: string | null }> {
  const answer = await notifications.ask(login, { path: `deliveries?${query}` });
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json();
}

const states = async (login: string, query: string): Promise<readonly string[]> =>
  (await page(login, query)).items.map(({ state }) => state);

describe('deliveries by state', () => {
  it('are those of one state or of several, newest first', async () => {
    expect(await states('nora.network', 'state=failed')).toEqual(Array(4).fill('failed'));
    expect(await states('nora.network', 'state=failed&state=waiting')).toEqual([
      ...Array(2).fill('waiting'),
      ...Array(4).fill('failed'),
    ]);
    expect(new Set(await states('nora.network', 'state=sent'))).toEqual(new Set(['sent']));
  });

  it('are those of the own organization for its administrator', async () => {
    const { items } = await page('abel.harbor', 'state=waiting&state=failed');
    expect(items.map(({ recipientOrganizationId }) => recipientOrganizationId)).toEqual(Array(3).fill(harbor));
  });

  it('go on page by page across the states, with nothing repeated or left out', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { items, next } = await page('cora.coordinator', `state=failed&state=waiting&limit=4${cursor}`);
      seen.push(...items.map(({ deliveryId }) => deliveryId));
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect([seen.length, new Set(seen).size]).toEqual([6, 6]);
  });

  it('have known states only, each once', async () => {
    for (const query of ['state=lost', 'state=failed&state=failed', 'state=']) {
      const answer = await notifications.ask('nora.network', { path: `deliveries?${query}` });
      expect([query, answer.statusCode]).toEqual([query, 400]);
      expect(answer.json()).toMatchObject({ errors: [{ field: 'state' }] });
    }
  });

  it('are found without reading those of another state, or of another organization', async () => {
    const read = (statement: string, organization: string | null, asked: readonly string[] | null): Promise<number> =>
      rowsRead({
        ...{ adminUrl: notifications.deployment.adminUrl, service: 'notifications', statement },
        values: [riverCounty.networkId, organization, null, asked, null, null, 51],
        settings: { scope: 'network', network: riverCounty.networkId },
      });
    expect(await read('deliveries not sent', null, ['failed', 'waiting'])).toBe(6);
    expect(await read('deliveries not sent of organization', harbor, ['failed', 'waiting'])).toBe(3);
    expect(await read('deliveries of organization', harbor, null)).toBeLessThanOrEqual(51);
    expect(await read('deliveries', null, ['sent'])).toBeLessThanOrEqual(51 + 6);
  });
});
