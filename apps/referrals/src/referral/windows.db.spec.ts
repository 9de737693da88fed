import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AreaChanged, riverCounty, seedAreaId, type TaskView } from '#contracts';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

interface Refused {
  readonly errors: readonly { readonly field: string; readonly message: string; readonly allowed?: string }[];
}

const ownerId = '01900000-0000-7000-8000-000000000001';
let referrals: RunningReferrals;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  await referrals.offers('harbor-house', 'housing', []);
});
afterAll(() => referrals.close());

const client = { given: 'Tess', family: 'Tester', birthDate: '1980-02-03', language: 'en', contactProhibited: false };
const referralWith = (more: object): object => ({
  client,
  priority: 'routine',
  needs: [{ need: 'housing', areaId: seedAreaId('north'), statedNeed: 'A bed' }],
  ...more,
});
const create = (more: object): Promise<Answered<Refused>> =>
  referrals.command<Refused>('dana.planner', 'referrals', referralWith(more));

describe('An instant or a day of a command', () => {
  it.each([
    ['0001-01-01T00:00:00.000Z', 'neededBy must not be in the past'],
    ['2026-11-24T07:54:59.999Z', 'neededBy must not be in the past'],
    ['2126-11-25T08:00:00.000Z', 'neededBy must not be more than 100 years ahead'],
    ['9999-12-31T23:59:59.999Z', 'neededBy must not be more than 100 years ahead'],
  ])('outside its window is refused with an explanation: neededBy %s [W1]', async (neededBy, message) => {
    const answer = await create({ neededBy });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([
      { field: 'neededBy', message, allowed: expect.stringMatching(/^from .* to /) },
    ]);
  });

  it('was in its window when the command was accepted: a repeat gets the first answer [W1]', async () => {
    const neededBy = new Date(Date.parse(referrals.at.clock.now()) + 60_000).toISOString();
    const body = referralWith({ neededBy });
    const headers = { 'idempotency-key': referrals.at.ids.next() };
    const first = await referrals.ask('dana.planner', 'referrals', body, headers);
    referrals.at.clock.advance({ hours: 1 });
    const again = await referrals.ask('dana.planner', 'referrals', body, headers);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect((await create({ neededBy })).status).toBe(400);
  });

  it.each([
    ['expectedBy', 'accept', { expectedBy: '2026-01-01T00:00:00.000Z' }],
    ['reviewOn', 'hold', { subState: 'waitlisted', reviewOn: '2026-11-20' }],
    ['reviewOn', 'hold', { subState: 'waitlisted', reviewOn: '9999-11-20' }],
    ['at', 'progress', { kind: 'interim', at: '2099-01-01T00:00:00.000Z' }],
    [
      'outputs[0].at',
      'complete',
      { outcome: 'housed', outputs: [{ kind: 'placement', at: '2099-01-01T00:00:00.000Z' }] },
    ],
  ])(
    'of an action, %s, is checked against its window before anything is looked up [W3]',
    async (field, action, body) => {
      const answer = await referrals.command<Refused>(
        'ines.harbor',
        `tasks/${referrals.at.ids.next()}/${action}`,
        action === 'accept' ? { ownerId, ...body } : body,
        1,
      );
      expect(answer.status).toBe(400);
      expect(answer.body.errors.map((each) => each.field)).toEqual([field]);
    },
  );
});

describe('An instant of a Task that an agency has accepted', () => {
  const minutesFromNow = (minutes: number): string =>
    new Date(Date.parse(referrals.at.clock.now()) + minutes * 60_000).toISOString();
  let taken: TaskView;

  beforeAll(async () => {
    const [service, owner] = [
      await referrals.offers('harbor-house', 'housing', []),
      await referrals.knows('ines.harbor'),
    ];
    const { clientId, needs } = await referrals.referral([['housing', service]]);
    await referrals.allows(clientId, 'harbor-house', ['core-contact', 'stated-need']);
    const sent = await referrals.send(needs[0]?.tasks[0]?.taskId as string);
    referrals.at.clock.advance({ hours: 1 });
    taken = await act<TaskView>('accept', { ownerId: owner }, sent);
  });

  async function act<T>(
    action: string,
    body: object,
    { taskId, version }: Pick<TaskView, 'taskId' | 'version'>,
  ): Promise<T> {
    return (await referrals.command<T>('ines.harbor', `tasks/${taskId}/${action}`, body, version)).body;
  }

  it.each([
    ['complete', 'outputs[0].at', { outcome: 'housed', outputs: [{ kind: 'service-delivered', at: -30 }] }],
    ['complete', 'outputs[0].at', { outcome: 'housed', outputs: [{ kind: 'placement', at: -120 }] }],
    ['progress', 'at', { kind: 'interim', at: -30 }],
    ['progress', 'at', { kind: 'enrolled', at: -120 }],
    ['progress', 'at', { kind: 'no-show', at: 3 }],
  ] as const)('is refused with 400 where it contradicts what is known: %s, %s [W3]', async (action, field, body) => {
    const dated = JSON.parse(JSON.stringify(body), (key, value: unknown) =>
      key === 'at' ? minutesFromNow(value as number) : value,
    ) as object;
    const answer = await act<Refused>(action, dated, taken);
    expect(answer).toMatchObject({ status: 400, errors: [{ field, message: expect.stringContaining('must not') }] });
  });

  it('may be in the future for an appointment, and before the acceptance for a placement [W3]', async () => {
    const booked = { kind: 'appointment-booked', at: minutesFromNow(3 * 24 * 60) };
    const after = await act<TaskView>('progress', booked, taken);
    expect(after).toMatchObject({ state: 'in-progress', subState: 'appointment-booked' });
    const outputs = [{ kind: 'placement', at: minutesFromNow(-30) }];
    expect(await act('complete', { outcome: 'housed', outputs }, after)).toMatchObject({ state: 'completed' });
  });
});

describe('An area', () => {
  const unknown = '01900000-0000-7000-8000-00000000ffff';
  const need = { need: 'housing', areaId: unknown, statedNeed: 'A bed' };
  const fault = { message: 'no area has this id', allowed: 'an id of /api/directory/areas' };

  it('that does not exist is refused in a need of a new referral, and of an existing one [W16]', async () => {
    const answer = await create({ needs: [{ ...need, areaId: seedAreaId('north') }, need] });
    expect([answer.status, answer.body.errors]).toEqual([400, [{ field: 'needs[1].areaId', ...fault }]]);
    const { body } = await referrals.command<{ referralId: string }>('dana.planner', 'referrals', referralWith({}));
    const added = await referrals.command<Refused>('dana.planner', `referrals/${body.referralId}/needs`, need);
    expect([added.status, added.body.errors]).toEqual([400, [{ field: 'areaId', ...fault }]]);
  });
});

describe('An area that no service names', () => {
  it('is accepted in a need once its own record has arrived, in its own network only [W16]', async () => {
    const [own, elsewhere] = ['01900000-0000-7000-8000-00000000a001', '01900000-0000-7000-8000-00000000a002'];
    const of = (areaId: string): object => ({ needs: [{ need: 'housing', areaId, statedNeed: 'A bed' }] });
    expect((await create(of(own))).status).toBe(400);
    const { networkId } = riverCounty;
    await referrals.tell(own, AreaChanged.of({ areaId: own, networkId }));
    await referrals.tell(elsewhere, AreaChanged.of({ areaId: elsewhere, networkId: referrals.at.ids.next() }));
    expect([(await create(of(own))).status, (await create(of(elsewhere))).status]).toEqual([201, 400]);
  });
});

describe('A cursor', () => {
  const cursor = (values: readonly unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');
  const id = '01900000-0000-7000-8000-000000000001';

  it.each([
    ['0000-01-01T00:00:00.000Z', id],
    ['2026-99-99T00:00:00.000Z', id],
    ['+275760-09-13T00:00:00.000Z', id],
    [null, id],
    [null, null],
    [1e300, id],
  ])('with %j is not one of this list [W1]', async (...values) => {
    const answer = await referrals.ask('dana.planner', `referrals?cursor=${cursor(values)}`);
    expect(answer.status).toBe(400);
  });
});
