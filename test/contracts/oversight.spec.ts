import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  seedOrganizationId,
  type DisclosureEntryView,
  type QueriedTask,
  type ReferralView,
  type TaskView,
} from '#contracts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from '../stories/people.ts';
import { act, canaryNames, open, sent, task, type Items } from '../stories/scene.ts';

/**
 * contract.md §5.2, scope network for role O: the coordinating body's privacy officer oversees every referral of the
 * network without client data; a hospital's own reads everything of the hospital.
 */
describe('a privacy officer', () => {
  let deployment: TestDeployment;
  let scene: Awaited<ReturnType<typeof sent>>;
  let otto: Person;
  let olga: Person;
  const names = Object.values(canaryNames);

  beforeAll(async () => {
    deployment = await openDeployment();
    [otto, olga] = ['otto.privacy', 'olga.privacy'].map((login) => new Person(deployment, login)) as [Person, Person];
    scene = await sent(deployment);
    // the coordinating body itself may read client data: consent names it as intermediary, and its coordinator read it
    await open(new Person(deployment, 'cora.coordinator'), scene.taskId);
    await open(new Person(deployment, 'ines.harbor'), scene.taskId);
    await deployment.settle();
  });

  afterAll(() => deployment.close());

  async function labelFor(login: string): Promise<unknown> {
    const { items } = await new Person(deployment, login).post<Items<QueriedTask>>('/api/referrals/tasks/query', {
      taskIds: [scene.taskId],
    });
    expect(items).toHaveLength(1);
    return items[0]?.label;
  }

  it('of the network sees each referral and Task of it, without the person', async () => {
    const referral = await otto.ask('GET', `/api/referrals/referrals/${scene.referralId}`);
    expect(referral.status).toBe(200);
    for (const name of names) expect(referral.text).not.toContain(name);
    const { needs, ...view } = referral.body as ReferralView;
    expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['client']));
    expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['note']));
    expect(Object.keys(needs[0] as object)).not.toEqual(expect.arrayContaining(['statedNeed']));
    expect(Object.keys(needs[0] as object)).not.toEqual(expect.arrayContaining(['details']));
    const seen = await task(otto, scene.taskId);
    expect(seen).toMatchObject({ state: 'sent', senderOrganizationId: seedOrganizationId('st-brigid') });
    expect(seen.legalMoves.map((move) => move.action)).toEqual(['mark-error']);
    const timeline = await otto.get<Items<unknown>>(`/api/coordination/referrals/${scene.referralId}/timeline`);
    expect(timeline.items.length).toBeGreaterThan(0);
  });

  it('of a hospital sees its referral completely', async () => {
    const referral = await olga.get<ReferralView>(`/api/referrals/referrals/${scene.referralId}`);
    expect(referral.client).toMatchObject({ given: canaryNames.given });
    expect(referral.needs[0]?.statedNeed).toContain(canaryNames.statedNeed);
    expect((await task(olga, scene.taskId)).legalMoves.map((move) => move.action)).toEqual(['mark-error']);
  });

  it('sees no name in a label, unlike the sender, the agency and the coordinator', async () => {
    expect(await labelFor('dana.planner')).toMatchObject({ family: canaryNames.family, birthDate: '1984-05-06' });
    expect(await labelFor('olga.privacy')).toMatchObject({ family: canaryNames.family });
    expect(await labelFor('cora.coordinator')).toMatchObject({ family: canaryNames.family, birthDate: '1984-05-06' });
    expect(await labelFor('ines.harbor')).toMatchObject({ family: canaryNames.family, birthYear: 1984 });
    expect(await labelFor('otto.privacy')).toBeNull();
    expect(await labelFor('nora.network')).toBeNull();
  });

  it('of a hospital sees in the ledger what it disclosed, and of the network what its own body received', async () => {
    await deployment.settle();
    const entriesFor = async (person: Person): Promise<readonly string[]> => {
      const path = `/api/consent/disclosures?taskId=${scene.taskId}`;
      const { items } = await person.get<Items<DisclosureEntryView>>(path);
      return items.map((entry) => `${entry.kind} ${entry.toOrganizationId}`);
    };
    const [council, harbor] = [seedOrganizationId('river-council'), seedOrganizationId('harbor-house')];
    expect((await entriesFor(olga)).toSorted()).toEqual(
      ['access-granted', 'opened', 'label-shown']
        .flatMap((kind) => [`${kind} ${council}`, `${kind} ${harbor}`])
        .toSorted(),
    );
    expect(await entriesFor(otto)).toEqual(
      ['access-granted', 'opened', 'label-shown'].map((kind) => `${kind} ${council}`),
    );
  });

  it('cannot record consent, open a packet or read a message', async () => {
    for (const person of [otto, olga]) {
      expect((await person.ask('GET', '/api/consent/requests?open=true')).status).toBe(403);
      const path = `/api/referrals/tasks/${scene.taskId}`;
      expect((await person.ask('POST', `${path}/packet`, { purpose: 'care-coordination' })).status).toBe(403);
      expect((await person.ask('GET', `${path}/messages`)).status).toBe(403);
    }
    expect((await otto.ask('GET', `/api/consent/consents/${scene.consentId}`)).status).toBe(404);
    expect((await olga.ask('GET', `/api/consent/consents/${scene.consentId}`)).status).toBe(200);
    expect(await otto.get<Items<unknown>>('/api/referrals/referrals')).toEqual({ items: [], next: null });
  });

  it('may mark a Task as an error, even a disclosed one', async () => {
    for (const person of [otto, olga]) {
      const { taskId } = await sent(deployment);
      await open(new Person(deployment, 'ines.harbor'), taskId);
      const marked: TaskView = await act(person, taskId, 'mark-error', { reason: 'sent-in-error' });
      expect(marked.state).toBe('entered-in-error');
    }
  });
});
