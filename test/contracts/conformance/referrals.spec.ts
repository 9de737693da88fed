import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FoundClient, LegalMoveView, QueriedTask, ReasonView, ReferralView, TaskView } from '#contracts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person, type Reply } from '../../stories/people.ts';
import { act, clientOf, consented, needBody, open, personId, task, type Items } from '../../stories/scene.ts';

/** Sentences of contract.md §1, §2.1, §2.2 and §4.5, each tested as an outside reader understands it. */
describe('the routes of referrals, exactly as documented', () => {
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;
  /** Sent to Harbor House, of one client under one consent; every test uses its own. */
  let sentTasks: string[];

  beforeAll(async () => {
    deployment = await openDeployment();
    [dana, ines] = [new Person(deployment, 'dana.planner'), new Person(deployment, 'ines.harbor')];
    const needs = Array.from({ length: 10 }, () => needBody('housing', 'harbor-beds', []));
    const made = (await refer({ needs })).body as ReferralView;
    const { after } = await consented(deployment, made.clientId, ['harbor-house']);
    sentTasks = made.needs.map((need) => need.tasks[0]?.taskId as string);
    for (const id of sentTasks) expect((await act(dana, id, 'send', {}, after)).state).toBe('sent');
  });

  afterAll(() => deployment.close());

  const refer = (more: object = {}): Promise<Reply> =>
    dana.command('POST', '/api/referrals/referrals', {
      client: clientOf(),
      priority: 'routine',
      needs: [needBody('housing', 'harbor-beds', [])],
      ...more,
    });

  const sentTask = (): string => sentTasks.pop() as string;

  const referral = (id: string): Promise<ReferralView> => dana.get<ReferralView>(`/api/referrals/referrals/${id}`);

  const change = async (id: string, body: object): Promise<ReferralView> => {
    const { version } = await referral(id);
    const reply = await dana.command('PATCH', `/api/referrals/referrals/${id}`, body, version);
    expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
    return referral(id);
  };

  describe('a change of a referral', () => {
    it('replaces the existing note, and null removes an optional value', async () => {
      const neededBy = '2099-12-31T09:00:00.000Z';
      const { referralId } = (await refer({ note: 'first', neededBy })).body as ReferralView;
      expect(await change(referralId, { note: 'second' })).toMatchObject({ note: 'second', neededBy });
      expect(await change(referralId, { priority: 'urgent' })).toMatchObject({ note: 'second', neededBy });
      expect(await change(referralId, { note: null, neededBy: null })).toMatchObject({ note: null, neededBy: null });
      expect(await change(referralId, { note: 'third' })).toMatchObject({ note: 'third', priority: 'urgent' });
    });
  });

  it('a changed note makes the referral’s version stale, but not the versions of its Tasks', async () => {
    const { referralId, version, needs } = (await refer({ note: 'first' })).body as ReferralView;
    const path = `/api/referrals/referrals/${referralId}`;
    const mine = await dana.command('PATCH', path, { note: 'mine' }, version);
    const theirs = await dana.command('PATCH', path, { note: 'theirs' }, version);
    expect([mine.status, theirs.status, theirs.body]).toMatchObject([200, 412, { state: 'open' }]);
    const after = await referral(referralId);
    expect(after).toMatchObject({ note: 'mine', version: (theirs.body as { version: number }).version });
    expect(after.needs[0]?.tasks[0]?.version).toBe(needs[0]?.tasks[0]?.version);
  });

  describe('an absent value', () => {
    it('may be sent as null wherever it is optional', async () => {
      const client = { ...clientOf(), clientId: null, phone: null, email: null, address: null, safeContact: null };
      const need = { ...needBody('housing', 'harbor-beds', []), healthcareServiceId: null, details: null };
      const made = await refer({ client, needs: [need], note: null, neededBy: null });
      expect([made.status, made.text]).toEqual([201, expect.any(String)]);
      const search = await dana.ask('POST', '/api/referrals/clients/search', { name: null });
      expect([search.status, search.text]).toEqual([400, expect.stringContaining('at least one')]);
    });

    it('is null in a read, also for the client', async () => {
      const { clientId, referralId } = (await refer({ client: { ...clientOf(), phone: undefined } }))
        .body as ReferralView;
      const absent = { phone: null, email: null, address: null, safeContact: null };
      expect(await dana.get(`/api/referrals/clients/${clientId}`)).toMatchObject(absent);
      expect((await referral(referralId)).client).toMatchObject(absent);
      expect((await open(ines, sentTask())).client).toMatchObject({ email: null, address: null, safeContact: null });
    });
  });

  it.each([
    ['birthDate', { client: { ...clientOf(), birthDate: '2026-02-30' } }],
    ['birthDate', { client: { ...clientOf(), birthDate: '0000-01-01' } }],
    ['neededBy', { neededBy: '2026-02-30T09:00:00.000Z' }],
    ['neededBy', { neededBy: '2026-02-28T24:00:00.000Z' }],
  ])('a %s that no calendar has is a fault of the form', async (field, more) => {
    const reply = await refer(more);
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining(field)]);
  });

  it('a fault of an added need names its own field, not an item of a list', async () => {
    const { referralId } = (await refer()).body as ReferralView;
    const path = `/api/referrals/referrals/${referralId}/needs`;
    const reply = await dana.command('POST', path, needBody('employment', 'harbor-beds', []));
    expect([reply.status, reply.body]).toMatchObject([400, { errors: [{ field: 'healthcareServiceId' }] }]);
  });

  describe('faults in the form of an action are reported first', () => {
    const faulty: readonly (readonly [action: string, body: object, field: string])[] = [
      ['decline', { reason: 'not-picked' }, 'reason'],
      ['decline', { reason: 'other' }, 'note'],
      ['progress', { kind: 'contact-attempted', at: '2026-01-05T09:00:00.000Z' }, 'channel'],
    ];

    it.each(faulty)('%s %j: before it is known whether the Task exists, or is in the right state', async (...each) => {
      const [action, body, field] = each;
      const taskId = sentTask();
      for (const id of [taskId, '0190a0c0-0000-7000-8000-00ffffffffff']) {
        const reply = await ines.command('POST', `/api/referrals/tasks/${id}/${action}`, body, 1);
        expect([reply.status, reply.body]).toMatchObject([
          400,
          { errors: expect.arrayContaining([expect.objectContaining({ field })]) },
        ]);
      }
    });

    it('and before the checks of version and key', async () => {
      const taskId = sentTask();
      const headers = { 'idempotency-key': randomUUID() };
      const path = `/api/referrals/tasks/${taskId}/decline`;
      expect((await ines.ask('POST', path, { reason: 'not-picked' }, headers)).status).toBe(400);
      const done = await ines.ask(
        'POST',
        `/api/referrals/tasks/${taskId}/acknowledge`,
        {},
        await matching(headers, taskId),
      );
      expect(done.status).toBe(200);
      expect((await ines.ask('POST', path, { reason: 'not-picked' }, { ...headers, 'if-match': '"1"' })).status).toBe(
        400,
      );
    });

    it.each([
      ['withdraw', 'referrals', 'no-capacity'],
      ['settle', 'service-requests', 'not-picked'],
    ])('%s of a whole referral or need takes its own reasons', async (action, noun, reason) => {
      const path = `/api/referrals/${noun}/0190a0c0-0000-7000-8000-00ffffffffff/${action}`;
      expect((await dana.command('POST', path, { reason }, 1)).status).toBe(400);
    });

    it('a client who is both known and new', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const body = { client: clientOf(), priority: 'routine', needs: [needBody('housing', 'harbor-beds', [])] };
      expect((await dana.ask('POST', '/api/referrals/referrals', body, headers)).status).toBe(201);
      const both = { ...body, client: { ...clientOf(), clientId: randomUUID() } };
      expect((await dana.ask('POST', '/api/referrals/referrals', both, headers)).status).toBe(400);
    });
  });

  it('reasons are named for staff, and are offered in one order', async () => {
    const { items } = await ines.get<Items<ReasonView>>('/api/referrals/reasons?limit=100');
    expect(items.find(({ code }) => code === 'client-declined')).toMatchObject({
      words: { en: 'You said no to this offer.' },
      staffWords: { en: 'Client said no', es: 'La persona dijo que no' },
    });
    const order = items.filter(({ shortOrder }) => shortOrder !== null);
    order.sort((a, b) => Number(a.shortOrder) - Number(b.shortOrder));
    expect([order[0]?.code, order.at(-1)?.code]).toEqual(['no-capacity', 'other']);
    expect(items.find(({ code }) => code === 'no-response')).toMatchObject({ actions: [], shortOrder: null });
  });

  const matching = async (headers: Record<string, string>, taskId: string): Promise<Record<string, string>> => ({
    ...headers,
    'if-match': `"${(await task(ines, taskId)).version}"`,
  });

  describe('the actions of §2.2', () => {
    it('resume takes a note, and reopen one too beside reason and healthcareServiceId', async () => {
      const taskId = sentTask();
      await act(ines, taskId, 'accept', { ownerId: personId('ines.harbor') });
      // a review's date may be a day or an instant; a day that no calendar has is neither
      for (const reviewOn of ['2099-02-30', '2099-01-01T09:00:00Z', 'soon']) {
        const body = { subState: 'waitlisted', reviewOn };
        const { version } = await task(ines, taskId);
        const refused = await ines.command('POST', `/api/referrals/tasks/${taskId}/hold`, body, version);
        expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'reviewOn' }] } });
      }
      const held = await act(ines, taskId, 'hold', { subState: 'waitlisted', reviewOn: '2099-01-01' });
      expect(held.reviewOn).toBe('2099-01-01T00:00:00.000Z');
      expect(moveOf(held, 'resume')).toEqual({ action: 'resume', needs: [], optional: ['note'] });
      expect((await act(ines, taskId, 'resume', { note: 'A bed is free.' })).state).toBe('in-progress');
      await act(ines, taskId, 'decline', { reason: 'client-declined' });
      const { needs, optional } = moveOf(await task(dana, taskId), 'reopen') as LegalMoveView;
      expect([needs, optional]).toEqual([['reason'], ['healthcareServiceId', 'note']]);
    });

    it.each([
      ['decline', { reason: 'no-capacity' }],
      ['redirect', { reason: 'no-capacity' }],
    ])('%s counts as acknowledged (domain.md row 4)', async (action, body) => {
      const taskId = sentTask();
      const { healthcareServiceId } = needBody('housing', 'open-door-homes', []) as { healthcareServiceId: string };
      const ended = await act(ines, taskId, action, action === 'redirect' ? { ...body, healthcareServiceId } : body);
      expect(ended).toMatchObject({ receivedAt: ended.endedAt, acceptedAt: null });
    });
  });

  it('a withdrawn Task has no label, though the agency has another Task of the same client (§4.5)', async () => {
    const taskIds = [sentTask(), sentTask()];
    await act(dana, taskIds[0] as string, 'withdraw', { reason: 'duplicate' });
    const { body } = await ines.ask('POST', '/api/referrals/tasks/query', { taskIds });
    const { items } = body as Items<QueriedTask>;
    expect(items.map((each) => [each.state, each.label])).toEqual([
      ['withdrawn', null],
      ['sent', { initials: 'GF', ageBand: expect.any(String) }],
    ]);
  });

  it('a client is found with every referral, including those without a Task', async () => {
    const name = `Alone${randomUUID().slice(0, 8)}`;
    const need = { ...needBody('food', 'harbor-beds', []), healthcareServiceId: undefined };
    const made = (await refer({ client: { ...clientOf(), family: name }, needs: [need] })).body as ReferralView;
    const { body } = await dana.ask('POST', '/api/referrals/clients/search', { name });
    expect((body as Items<FoundClient>).items).toEqual([
      expect.objectContaining({ clientId: made.clientId, referralIds: [made.referralId] }),
    ]);
  });
});

function moveOf({ legalMoves }: TaskView, action: string): LegalMoveView | undefined {
  return legalMoves.find((each) => each.action === action);
}
