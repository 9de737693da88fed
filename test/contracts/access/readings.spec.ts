import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  seedOrganizationId,
  type DisclosureEntryView,
  type FoundClient,
  type QueriedTask,
  type ReadingView,
} from '#contracts';
import { withClient } from '#persistence';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person, until } from '../../stories/people.ts';
import { canaryNames, drafted, personId, sent, type Items } from '../../stories/scene.ts';

const council = seedOrganizationId('river-council');
const hospital = seedOrganizationId('st-brigid');

/**
 * Showing who a client is, in a list or a search, is a disclosure to another organization, and a reading for the own one.
 */
describe('a disclosure of who a client is', () => {
  let deployment: TestDeployment;
  let scene: Awaited<ReturnType<typeof sent>>;
  const of = (login: string): Person => new Person(deployment, login);

  beforeAll(async () => {
    deployment = await openDeployment();
    scene = await sent(deployment);
  });
  afterAll(() => deployment?.close());

  const labels = (login: string, taskIds: readonly string[]): Promise<Items<QueriedTask>> =>
    of(login).post<Items<QueriedTask>>('/api/referrals/tasks/query', { taskIds });
  const search = (login: string): Promise<Items<FoundClient>> =>
    of(login).post<Items<FoundClient>>('/api/referrals/clients/search', { name: canaryNames.family });
  const shown = async (clientId: string): Promise<readonly string[]> => {
    await deployment.settle();
    const path = `/api/consent/disclosures?clientId=${clientId}`;
    const { items } = await of('olga.privacy').get<Items<DisclosureEntryView>>(path);
    return items.flatMap((each) => (each.kind === 'label-shown' ? [`${each.readerId} ${each.toOrganizationId}`] : []));
  };
  const readings = async (query = '', login = 'olga.privacy'): Promise<readonly ReadingView[]> =>
    (await of(login).get<Items<ReadingView>>(`/api/referrals/access-log${query}`)).items;

  it('is in the ledger once a day for a coordinator’s labels and searches [S12]', async () => {
    const { items } = await labels('cora.coordinator', [scene.taskId]);
    expect(items[0]?.label).toMatchObject({ family: canaryNames.family });
    const entry = `${personId('cora.coordinator')} ${council}`;
    expect(await shown(scene.clientId)).toEqual([entry]);
    await labels('cora.coordinator', [scene.taskId]);
    expect((await search('cora.coordinator')).items).toHaveLength(1);
    expect(await shown(scene.clientId)).toEqual([entry]);
  });

  it('is there for a search alone, and for each reader [S12]', async () => {
    expect((await search('cyrus.coordinator')).items.map((each) => each.clientId)).toEqual([scene.clientId]);
    expect(await shown(scene.clientId)).toContain(`${personId('cyrus.coordinator')} ${council}`);
  });

  it('is there for an agency, even for only initials and an age [S12]', async () => {
    const { items } = await labels('ines.harbor', [scene.taskId]);
    expect(items[0]?.label).toHaveProperty('initials');
    expect(await shown(scene.clientId)).toContain(`${personId('ines.harbor')} ${seedOrganizationId('harbor-house')}`);
  });

  it('is durable in the log before the answer leaves [S12]', async () => {
    const other = await sent(deployment);
    await labels('cora.coordinator', [other.taskId, scene.taskId]);
    const found = await withClient(deployment.adminUrl, (client) =>
      client.query<{ readonly data: { readonly clientId: string; readonly categories: readonly string[] } }>(
        `select data from referrals.event where type = 'referral.label.shown' and stream_key = $1 order by position`,
        [personId('cora.coordinator')],
      ),
    );
    expect(found.rows.map(({ data }) => data.clientId)).toEqual([scene.clientId, other.clientId]);
    expect(found.rows[0]?.data.categories).toEqual(['core-contact']);
  });

  it('is one entry for any number of concurrent reads [S12]', async () => {
    const other = await sent(deployment);
    await Promise.all(Array.from({ length: 8 }, () => labels('cora.coordinator', [other.taskId])));
    expect(await shown(other.clientId)).toEqual([`${personId('cora.coordinator')} ${council}`]);
  });

  it('is nowhere for a reader who saw nothing [S12]', async () => {
    const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
    for (const login of ['cora.coordinator', 'nora.network', 'otto.privacy', 'ines.harbor', 'iris.lakeside'])
      expect((await labels(login, [taskId])).items.every((each) => each.label === null)).toBe(true);
    expect(await shown(clientId)).toEqual([]);
  });

  it('of one’s own organization is in its access log, by client, reader and day, once for each kind [S12]', async () => {
    const { referralId, clientId, taskId } = await drafted(deployment, 'housing', 'harbor-beds');
    const dana = of('dana.planner');
    for (let times = 0; times < 2; times += 1) {
      await dana.get(`/api/referrals/referrals/${referralId}`);
      await dana.get(`/api/referrals/clients/${clientId}`);
      await labels('dana.planner', [taskId]);
      await dana.get('/api/referrals/referrals');
    }
    await search('hugo.admin');
    const found = await readings(`?clientId=${clientId}`);
    expect(found.map(({ readerId, kind }) => `${readerId} ${kind}`).toSorted()).toEqual(
      [
        ...['referral', 'client', 'label', 'referral-list'].map((kind) => `${personId('dana.planner')} ${kind}`),
        `${personId('hugo.admin')} search`,
      ].toSorted(),
    );
    expect(new Set(found.map((each) => each.organizationId))).toEqual(new Set([hospital]));
    const day = found[0]?.at.slice(0, 10);
    expect(await readings(`?readerId=${personId('hugo.admin')}&day=${day}&clientId=${clientId}`)).toHaveLength(1);
    expect(await readings('?day=2020-01-01')).toEqual([]);
    const pages = await of('olga.privacy').get<Items<ReadingView> & { next: string }>(
      '/api/referrals/access-log?limit=2',
    );
    expect(pages.items).toHaveLength(2);
    const rest = await readings(`?cursor=${pages.next}&limit=100`);
    expect([...pages.items, ...rest]).toEqual(await readings('?limit=100'));
  });

  it('is shown only to the privacy officer of the reader’s own organization [S12]', async () => {
    expect((await readings('', 'otto.privacy')).every((each) => each.organizationId === council)).toBe(true);
    for (const login of ['dana.planner', 'hugo.admin', 'cora.coordinator', 'nora.network', 'pat.operator'])
      expect((await of(login).ask('GET', '/api/referrals/access-log')).status).toBe(403);
  });

  it('does not affect readers of the referral’s own events [S12]', async () => {
    for (const service of ['coordination', 'notifications', 'consent', 'referrals']) {
      const parked = await until(
        () => of('pat.operator').get<Items<object>>(`/api/${service}/parked`),
        () => true,
      );
      expect(parked.items).toEqual([]);
    }
  });
});
