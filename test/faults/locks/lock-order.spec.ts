import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReferralView, TaskView } from '#contracts';
import { openHouse, type TestHouse } from '../../house.ts';
import { Person } from '../../stories/people.ts';
import { act, clientOf, consented, needOf, personId, task, type Items } from '../../stories/scene.ts';
import { rebuilt } from '../rebuilding.ts';
import { deadlocksIn } from './deadlocks.ts';

const forMs = 20_000;
const clients = 4;
const referralsEach = 3;

/** All that locks, beside each other, of few clients: what would meet crosswise somewhere meets here. */
describe('the one order of locks', () => {
  let house: TestHouse;
  let dana: Person;
  let ines: Person;
  let cora: Person;
  let pat: Person;

  beforeAll(async () => {
    house = await openHouse();
    dana = new Person(house, 'dana.planner');
    ines = new Person(house, 'ines.harbor');
    cora = new Person(house, 'cora.coordinator');
    pat = new Person(house, 'pat.operator');
  });

  afterAll(() => house.close());

  async function referralOf(client: object): Promise<ReferralView> {
    return dana.post<ReferralView>('/api/referrals/referrals', {
      ...{ client, priority: 'routine' },
      needs: [needOf('housing', 'harbor-beds', []), needOf('mental-health', 'lakeside-clinic', [])],
    });
  }

  it('lets nobody stand in a circle: revocations, sends, timers, packets, labels and rebuilds at once [S15]', async () => {
    const end = performance.now() + forMs;
    const counts: Record<string, number> = {};
    const counted = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
    const again = async (what: string, work: () => Promise<unknown>): Promise<void> => {
      while (performance.now() < end) {
        // What the state does not allow just then is no matter here.
        await work().then(
          () => counted(what),
          () => counted(`${what}, refused`),
        );
      }
    };
    const oneClient = async (): Promise<void> => {
      const { clientId } = await referralOf(clientOf());
      for (let n = 1; n < referralsEach; n += 1) await referralOf({ clientId });
      const { items } = await dana.get<Items<{ referralId: string }>>('/api/referrals/referrals?limit=100');
      const views = await Promise.all(
        items.map(({ referralId }) => dana.get<ReferralView>(`/api/referrals/referrals/${referralId}`)),
      );
      const tasks = views
        .filter((each) => each.clientId === clientId)
        .flatMap(({ needs }) => needs.flatMap((need) => need.tasks));
      const housing = tasks.filter(({ need }) => need === 'housing').map(({ taskId }) => taskId);
      const ids = tasks.map(({ taskId }) => taskId);
      let next = 0;
      const oneOf = (of: readonly string[]): string => of[(next += 1) % of.length] as string;
      const packet = (person: Person, taskId: string): Promise<unknown> =>
        person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' });
      await Promise.all([
        again('consent and revocation', async () => {
          const consent = await consented(house, clientId, ['harbor-house', 'lakeside']);
          await dana.post(
            `/api/consent/consents/${consent.consentId}/revoke`,
            { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 1000).toISOString() },
            consent.version,
          );
        }),
        again('send', () => act(dana, oneOf(ids), 'send', {})),
        again('packet of the agency', () => packet(ines, oneOf(housing))),
        again('packet of the coordinator', () => packet(cora, oneOf(ids))),
        again('accept', () => act(ines, oneOf(housing), 'accept', { ownerId: personId('ines.harbor') })),
        again('decline, with a reroute', () => act(ines, oneOf(housing), 'decline', { reason: 'no-capacity' })),
        again('labels', () => ines.post('/api/referrals/tasks/query', { taskIds: ids })),
        again('search', () => cora.post('/api/referrals/clients/search', { name: 'Family' })),
        again('read', () => task(dana, oneOf(ids)).then((view: TaskView) => view.state)),
      ]);
    };
    const rebuilds = ['referrals.consent-gate', 'coordination.board', 'coordination.timeline', 'consent.ledger'].map(
      (group) => again(`rebuild of ${group}`, () => rebuilt(pat, group)),
    );
    await Promise.all([...Array.from({ length: clients }, oneClient), ...rebuilds]);
    await house.settle();
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    expect(await deadlocksIn(house.adminUrl)).toBe(0);
    expect(counts['consent and revocation']).toBeGreaterThan(clients);
  }, 240_000);
});
