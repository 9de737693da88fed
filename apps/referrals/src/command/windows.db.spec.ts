import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedAreaId } from '#contracts';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

interface Refused {
  readonly errors: readonly { readonly field: string; readonly message: string; readonly allowed?: string }[];
}

const ownerId = '01900000-0000-7000-8000-000000000001';
let house: RunningReferrals;
beforeAll(async () => {
  house = await RunningReferrals.start();
  await house.offers('harbor-house', 'housing', []);
});
afterAll(() => house.close());

const client = { given: 'Tess', family: 'Tester', birthDate: '1980-02-03', language: 'en', contactProhibited: false };
const referralWith = (more: object): object => ({
  client,
  priority: 'routine',
  needs: [{ need: 'housing', areaId: seedAreaId('north'), statedNeed: 'A bed' }],
  ...more,
});
const create = (more: object): Promise<Answered<Refused>> =>
  house.command<Refused>('dana.planner', 'referrals', referralWith(more));

describe('An instant or a day of a command', () => {
  it.each([
    ['0001-01-01T00:00:00.000Z', 'neededBy must not be in the past'],
    ['2026-11-24T07:54:59.999Z', 'neededBy must not be in the past'],
    ['2126-11-25T08:00:00.000Z', 'neededBy must not be more than 100 years ahead'],
    ['9999-12-31T23:59:59.999Z', 'neededBy must not be more than 100 years ahead'],
  ])('outside its window is refused in words: neededBy %s [W1]', async (neededBy, message) => {
    const told = await create({ neededBy });
    expect(told.status).toBe(400);
    expect(told.body.errors).toEqual([{ field: 'neededBy', message, allowed: expect.stringMatching(/^from .* to /) }]);
  });

  it('was in its window when the command was taken: a repeat is answered as the first time [W1]', async () => {
    const neededBy = new Date(Date.parse(house.at.clock.now()) + 60_000).toISOString();
    const body = referralWith({ neededBy });
    const headers = { 'idempotency-key': house.at.ids.next() };
    const first = await house.ask('dana.planner', 'referrals', body, headers);
    house.at.clock.advance({ hours: 1 });
    const again = await house.ask('dana.planner', 'referrals', body, headers);
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
  ])('of an action, %s, is held against its window before anything is looked up [W3]', async (field, action, body) => {
    const told = await house.command<Refused>(
      'ines.harbor',
      `tasks/${house.at.ids.next()}/${action}`,
      action === 'accept' ? { ownerId, ...body } : body,
      1,
    );
    expect(told.status).toBe(400);
    expect(told.body.errors.map((each) => each.field)).toEqual([field]);
  });
});

describe('An area', () => {
  const unknown = '01900000-0000-7000-8000-00000000ffff';
  const need = { need: 'housing', areaId: unknown, statedNeed: 'A bed' };
  const fault = { message: 'no area has this id', allowed: 'an id of /api/directory/areas' };

  it('that there is not is refused in a need of a new referral, and of one that is there [W16]', async () => {
    const told = await create({ needs: [{ ...need, areaId: seedAreaId('north') }, need] });
    expect([told.status, told.body.errors]).toEqual([400, [{ field: 'needs[1].areaId', ...fault }]]);
    const { body } = await house.command<{ referralId: string }>('dana.planner', 'referrals', referralWith({}));
    const added = await house.command<Refused>('dana.planner', `referrals/${body.referralId}/needs`, need);
    expect([added.status, added.body.errors]).toEqual([400, [{ field: 'areaId', ...fault }]]);
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
    const told = await house.ask('dana.planner', `referrals?cursor=${cursor(values)}`);
    expect(told.status).toBe(400);
  });
});
