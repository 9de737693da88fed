import type { ReferralView, TaskView } from '#contracts';
import { Person, type Deployment } from '../../stories/people.ts';
import { act, clientOf, consented, needBody, personId, task } from '../../stories/scene.ts';
import { rebuilt } from '../rebuilding.ts';

export interface Crosswise {
  readonly clients: number;
  readonly referralsEach: number;
  readonly forMs: number;
}

/** How often it succeeded, and how often the state did not allow it. */
export type Counts = Readonly<Record<string, number>>;

const rebuilds = ['referrals.consent-gate', 'coordination.board', 'coordination.timeline', 'consent.ledger'];

/**
 * Everything that locks, concurrently and on few clients, so that a wrong lock order shows as a deadlock. At the end the
 * clients die, so that nothing of theirs stays in an inbox.
 */
export async function workCrosswise(
  deployment: Deployment,
  { clients, referralsEach, forMs }: Crosswise,
): Promise<Counts> {
  const [dana, ines, cora, pat] = ['dana.planner', 'ines.harbor', 'cora.coordinator', 'pat.operator'].map(
    (login) => new Person(deployment, login),
  ) as [Person, Person, Person, Person];
  const end = performance.now() + forMs;
  const counts: Record<string, number> = {};
  const counted = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
  const once = (what: string, work: () => Promise<unknown>): Promise<boolean> =>
    // a refusal because of the current state does not matter here
    work().then(
      () => (counted(what), true),
      () => (counted(`${what}, refused`), false),
    );
  const again = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    while (performance.now() < end) await once(what, work);
  };
  const referralOf = (client: object): Promise<ReferralView> =>
    dana.post<ReferralView>('/api/referrals/referrals', {
      ...{ client, priority: 'routine' },
      needs: [needBody('housing', 'harbor-beds', []), needBody('mental-health', 'lakeside-clinic', [])],
    });
  const oneClient = async (): Promise<void> => {
    const first = await referralOf(clientOf());
    const { clientId } = first;
    const views = [first];
    while (views.length < referralsEach) views.push(await referralOf({ clientId }));
    const tasks = views.flatMap(({ needs }) => needs.flatMap((need) => need.tasks));
    const housing = tasks.filter(({ need }) => need === 'housing').map(({ taskId }) => taskId);
    const ids = tasks.map(({ taskId }) => taskId);
    let next = 0;
    const oneOf = (of: readonly string[]): string => of[(next += 1) % of.length] as string;
    const packet = (person: Person, taskId: string): Promise<unknown> =>
      person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' });
    await Promise.all([
      again('consent and revocation', async () => {
        const consent = await consented(deployment, clientId, ['harbor-house', 'lakeside']);
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
    for (const taskId of ids) {
      if (await once('death', () => act(dana, taskId, 'withdraw', { reason: 'deceased' }))) break;
    }
  };
  await Promise.all([
    ...Array.from({ length: clients }, oneClient),
    ...rebuilds.map((group) => again(`rebuild of ${group}`, () => rebuilt(pat, group))),
  ]);
  return counts;
}
