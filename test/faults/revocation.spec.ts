import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedOrganizationId, type DisclosureEntryView, type ReferralView, type TaskView } from '#contracts';
import { reviewingPolicy } from '../contracts/matrix/scene.ts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from '../stories/people.ts';
import {
  act,
  clientOf,
  complete,
  consented,
  drafted,
  expectGone,
  needBody,
  open,
  personId,
  task,
  type Items,
} from '../stories/scene.ts';

interface Scene {
  readonly taskId: string;
  readonly clientId: string;
  readonly consentId: string;
  /** `?after=` of the consent. */
  readonly after: string;
}

/** `side`: who may look at it; `before`: what they saw there. */
interface Arrived extends Scene {
  readonly side: Person;
  readonly before: TaskView;
}

/** One row of contract.md §4.6 step 3. */
interface Line {
  readonly from: string;
  /** Who the consent names; it is Harbor House's Task. */
  readonly names: string;
  readonly reach: (scene: Scene) => Promise<unknown>;
  /** Agency and coordinator could open the packet before. */
  readonly shared: boolean;
  /** State and sub-state after the revocation, after a new consent, and whether the new consent gives access. */
  readonly then: readonly [string, string | null];
  readonly later: readonly [string, string | null];
  readonly opensAgain: boolean;
}

const suspended = ['on-hold', 'consent-suspended'] as const;

describe('a consent that is revoked', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;
  let cora: Person;

  beforeAll(async () => {
    deployment = await openDeployment();
    dana = new Person(deployment, 'dana.planner');
    ines = new Person(deployment, 'ines.harbor');
    cora = new Person(deployment, 'cora.coordinator');
    await reviewingPolicy(deployment);
  });

  afterAll(() => deployment.close());

  async function revoke(consentId: string, scope?: object): Promise<void> {
    const { version } = await dana.get<{ version: number }>(`/api/consent/consents/${consentId}`);
    await dana.post(
      `/api/consent/consents/${consentId}/revoke`,
      {
        method: 'verbal-attestation',
        receivedAt: new Date(Date.now() - 1000).toISOString(),
        ...(scope === undefined ? {} : { scope }),
      },
      version,
    );
  }

  const send = ({ taskId, after }: Scene): Promise<TaskView> => act(dana, taskId, 'send', {}, after);
  const opened = async (scene: Scene): Promise<unknown> => {
    await send(scene);
    await open(ines, scene.taskId);
    return open(cora, scene.taskId);
  };
  const thenInes =
    (action: string, body: object | (() => object), before: (scene: Scene) => Promise<unknown> = opened) =>
    async (scene: Scene): Promise<unknown> => {
      await before(scene);
      return act(ines, scene.taskId, action, typeof body === 'function' ? body() : body);
    };
  const accepted = thenInes('accept', { ownerId: personId('ines.harbor') });
  const inProgress = thenInes('progress', () => ({ kind: 'interim', at: new Date().toISOString() }), accepted);

  const unshared = { names: 'harbor-house', shared: false, opensAgain: false };
  const suspends = { names: 'harbor-house', shared: true, opensAgain: true, then: suspended };
  const keeps = { names: 'harbor-house', shared: true, opensAgain: true };
  const over = { ...keeps, opensAgain: false };
  const lines: readonly Line[] = [
    { ...unshared, from: 'draft', reach: () => Promise.resolve(), then: ['draft', null], later: ['draft', null] },
    {
      // consent names another organization: the sender has requested to send, so a consent for Harbor House sends it
      ...{ from: 'awaiting-consent', names: 'open-door', reach: send, shared: false, opensAgain: true },
      ...{ then: ['awaiting-consent', null], later: ['sent', null] },
    },
    {
      ...{ ...unshared, from: 'sent, unopened', reach: send },
      ...{ then: ['withdrawn', null], later: ['withdrawn', null] },
    },
    { ...suspends, from: 'sent, opened', reach: opened, later: ['sent', null] },
    { ...suspends, from: 'received', reach: thenInes('acknowledge', {}), later: ['received', null] },
    {
      ...{ ...suspends, from: 'info-requested', later: ['info-requested', null] },
      reach: thenInes('ask', { question: 'Since when?' }),
    },
    {
      ...{ ...suspends, from: 'decline-review', later: ['decline-review', null] },
      reach: thenInes('decline', { reason: 'no-capacity' }),
    },
    { ...keeps, from: 'accepted', reach: accepted, then: ['accepted', null], later: ['accepted', null] },
    {
      ...{ ...keeps, from: 'in-progress', reach: inProgress },
      ...{ then: ['in-progress', 'interim'], later: ['in-progress', 'interim'] },
    },
    {
      ...{ ...keeps, from: 'on-hold', then: ['on-hold', 'waitlisted'], later: ['on-hold', 'waitlisted'] },
      reach: thenInes('hold', { subState: 'waitlisted', reviewOn: '2099-01-01T00:00:00.000Z' }, accepted),
    },
    {
      ...{ ...over, from: 'completed', then: ['completed', null], later: ['completed', null] },
      reach: async (scene) => {
        await accepted(scene);
        return complete(ines, scene.taskId, 'housed');
      },
    },
    {
      ...{ ...over, from: 'not-completed', then: ['not-completed', null], later: ['not-completed', null] },
      reach: thenInes('not-complete', { reason: 'client-declined' }, accepted),
    },
  ];

  /** The bytes for a missing thing, and no name in a list, for both sides that had access. */
  async function nothingReadable(taskId: string): Promise<void> {
    for (const person of [ines, cora]) {
      await expectGone(person, taskId);
      const { items } = await person.post<Items<{ label: unknown }>>('/api/referrals/tasks/query', {
        taskIds: [taskId],
      });
      expect(items.map((each) => each.label).filter((label) => label !== null)).toEqual([]);
    }
  }

  async function accessEnded(taskId: string): Promise<readonly string[]> {
    const ledger = await dana.get<Items<DisclosureEntryView>>(`/api/consent/disclosures?taskId=${taskId}`);
    return ledger.items
      .filter(({ kind }) => kind === 'access-ended')
      .map((each) => each.toOrganizationId)
      .toSorted();
  }

  const whereItStands = ({ state, subState }: TaskView): readonly unknown[] => [state, subState];

  /** What a suspension must restore; remaining times are tested with the timers. */
  const kept = ({ state, subState, reason, round, ownerId, receivedAt, acceptedAt, timers }: TaskView): object => ({
    ...{ state, subState, reason, round, ownerId, receivedAt, acceptedAt },
    timers: timers.map(({ timer, pausedAt }) => ({ timer, standsStill: pausedAt !== null })),
  });

  const scenes = new Map<string, Arrived>();
  const sceneOf = ({ from }: Line): Arrived => {
    const scene = scenes.get(from);
    if (scene === undefined) throw new Error(`there is no Task in ${from}`);
    return scene;
  };
  const wasSent = (line: Line): boolean => line.shared || line.from === 'sent, unopened';

  async function arrive(line: Line): Promise<void> {
    const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
    const { consentId, after } = await consented(deployment, clientId, [line.names]);
    const scene = { taskId, clientId, consentId, after };
    await line.reach(scene);
    const side = wasSent(line) ? ines : dana;
    scenes.set(line.from, { ...scene, side, before: await task(side, taskId) });
  }

  describe('as a whole', () => {
    beforeAll(async () => {
      await Promise.all(lines.map(arrive));
      await Promise.all([...scenes.values()].map(({ consentId }) => revoke(consentId)));
      await deployment.settle();
    });

    it.each(lines)('makes a Task that is $from unreadable, in the state that the table says', async (line) => {
      const { taskId, side, before } = sceneOf(line);
      expect(before.state).toBe(line.from.split(',')[0]);
      await nothingReadable(taskId);
      const cut = await task(side, taskId);
      expect(whereItStands(cut)).toEqual(line.then);
      expect(whereItStands(await task(dana, taskId))).toEqual(line.then);
      const had = wasSent(line) ? ['harbor-house', 'river-council'] : [];
      expect(await accessEnded(taskId)).toEqual(had.map(seedOrganizationId).toSorted());
      if (cut.state === 'withdrawn') expect(cut.reason).toBe('consent-revoked');
      if (cut.subState !== 'consent-suspended') return;
      expect(cut.legalMoves.map(({ action }) => action)).toEqual(['decline']);
      expect(cut.timers.filter((each) => each.pausedAt === null).map((each) => each.timer)).toEqual(['suspension']);
    });

    describe('followed by a new one', () => {
      beforeAll(async () => {
        await Promise.all([...scenes.values()].map((of) => consented(deployment, of.clientId, ['harbor-house'])));
        await deployment.settle();
      });

      it.each(lines)('restores for a Task that was $from exactly what is allowed', async (line) => {
        const { taskId, side, before } = sceneOf(line);
        const again = await task(side, taskId);
        expect(whereItStands(again)).toEqual(line.later);
        if (line.then === suspended) expect(kept(again)).toEqual(kept(before));
        if (!line.opensAgain) return nothingReadable(taskId);
        await open(ines, taskId);
        await open(cora, taskId);
      });
    });
  });

  describe('in part', () => {
    const text = 'Ground floor, please';
    const parts = {
      'not required': { categories: ['functional-needs'] },
      required: { categories: ['stated-need'] },
      'way back': { directions: ['return'] },
      intermediary: { recipients: [seedOrganizationId('river-council')] },
    } as const;
    const partly = new Map<string, Scene>();
    const of = (part: keyof typeof parts): Scene => partly.get(part) as Scene;

    beforeAll(async () => {
      await Promise.all(Object.entries(parts).map(([part, scope]) => takeBack(part, scope)));
      await deployment.settle();
    });

    async function takeBack(part: string, scope: object): Promise<void> {
      const need = needBody('housing', 'harbor-beds', [{ category: 'functional-needs', text }]);
      const { clientId, needs } = await dana.post<ReferralView>('/api/referrals/referrals', {
        ...{ client: clientOf(), priority: 'routine', needs: [need] },
      });
      const taskId = needs[0]?.tasks[0]?.taskId as string;
      const categories = ['core-contact', 'stated-need', 'functional-needs'];
      const { consentId, after } = await consented(deployment, clientId, ['harbor-house'], categories);
      const scene = { taskId, clientId, consentId, after };
      await opened(scene);
      expect((await open(ines, taskId)).details).toEqual([{ category: 'functional-needs', text }]);
      await revoke(consentId, scope);
      partly.set(part, scene);
    }

    it('for a category that the service does not require: the packet stays, without it', async () => {
      const { taskId } = of('not required');
      const packet = await open(ines, taskId);
      expect(packet).toMatchObject({
        details: [],
        need: { statedNeed: expect.any(String) },
        consentScope: { categories: ['core-contact', 'stated-need'] },
      });
      expect(JSON.stringify(packet)).not.toContain(text);
      expect((await task(ines, taskId)).state).toBe('sent');
      expect(await accessEnded(taskId)).toEqual([]);
    });

    it('for a category that the service requires: like a whole revocation', async () => {
      const { taskId } = of('required');
      await nothingReadable(taskId);
      expect(whereItStands(await task(ines, taskId))).toEqual(suspended);
    });

    it('for the intermediary only: the coordinator cannot read any more, the agency can', async () => {
      const { taskId } = of('intermediary');
      await expectGone(cora, taskId);
      await open(ines, taskId);
      expect(whereItStands(await task(cora, taskId))).toEqual(['sent', null]);
      expect(await accessEnded(taskId)).toEqual([seedOrganizationId('river-council')]);
    });

    it('for the way back only: the agency continues, and the sender sees no further changes', async () => {
      const { taskId, clientId } = of('way back');
      await open(ines, taskId);
      await act(ines, taskId, 'accept', { ownerId: personId('ines.harbor') });
      await act(ines, taskId, 'progress', { kind: 'interim', at: new Date().toISOString(), note: 'Moved in' });
      expect(await task(dana, taskId)).toMatchObject({
        ...{ state: 'sent', subState: null, ownerId: null, acceptedAt: null },
        ...{ returnPath: 'none', statusFrozen: true },
      });
      await expectGone(dana, taskId);
      // a consent that lets the agency report again ends the frozen view
      await consented(deployment, clientId, ['harbor-house']);
      await deployment.settle();
      expect(await task(dana, taskId)).toMatchObject({ state: 'in-progress', statusFrozen: false });
      expect((await open(dana, taskId)).messages.map((message) => message.text)).toEqual(['Moved in']);
    });
  });
});
