import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedAreaId, type ClientView, type DuplicateClient, type FoundClient, type ReferralView } from '#contracts';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

interface Refused {
  readonly errors: readonly { readonly field: string; readonly message: string; readonly allowed?: unknown }[];
}
interface Items<T> {
  readonly items: readonly T[];
}

let referrals: RunningReferrals;
let beds: string;
beforeAll(async () => {
  referrals = await RunningReferrals.start();
  beds = await referrals.offers('harbor-house', 'housing', []);
});
afterAll(() => referrals.close());

const base = { language: 'en', contactProhibited: false };
const refer = <T = ReferralView>(client: object): Promise<Answered<T>> =>
  referrals.command<T>('dana.planner', 'referrals', {
    client: { ...base, ...client },
    priority: 'routine',
    needs: [{ need: 'housing', areaId: seedAreaId('north'), statedNeed: 'A bed', healthcareServiceId: beds }],
  });
async function made(client: object): Promise<ReferralView> {
  const answer = await refer(client);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body;
}
const search = <T = Items<FoundClient>>(asked: object, login = 'dana.planner'): Promise<Answered<T>> =>
  referrals.ask<T>(login, 'clients/search', asked);
const read = async (clientId: string): Promise<ClientView> =>
  (await referrals.ask<ClientView>('dana.planner', `clients/${clientId}`)).body;
async function asNumber(clientId: string): Promise<object | undefined> {
  const rows = await referrals.rows(
    'select phone_number as number, phone_extension as extension from referrals.client where client_id = $1',
    [clientId],
  );
  return rows[0];
}
async function isFound(clientId: string, asked: object): Promise<boolean> {
  const { status, text, body } = await search(asked);
  if (status !== 200) throw new Error(text);
  return body.items.some((each) => each.clientId === clientId);
}

describe('a name', () => {
  it.each([
    [{ given: 'Suharto' }, { given: 'Suharto', family: null }],
    [{ family: 'Lund' }, { given: null, family: 'Lund' }],
    [
      { given: '', family: 'Lund' },
      { given: null, family: 'Lund' },
    ],
    [
      { given: null, family: 'Lund' },
      { given: null, family: 'Lund' },
    ],
    [
      { given: ' Pia ', family: '\tLund  Berg\u00a0' },
      { given: 'Pia', family: 'Lund Berg' },
    ],
    [
      { given: 'Ame\u0301lie', family: '\u200bX' },
      { given: 'Amélie', family: 'X' },
    ],
  ])('of one word is enough, and is stored trimmed: %j [P1]', async (client, stored) => {
    const { clientId } = await made(client);
    expect(await read(clientId)).toMatchObject(stored);
  });

  it.each([
    [{}, 'client.given'],
    [{ given: '', family: '' }, 'client.given'],
    [{ given: null, family: null }, 'client.given'],
    [{ given: ' ' }, 'client.given'],
    [{ given: 'Pia', family: '\u200b\u3164' }, 'client.family'],
    [{ given: '...' }, 'client.given'],
    [{ given: 'a'.repeat(101) }, 'client.given'],
  ])('that is blank is refused with an explanation: %j [P1]', async (client, field) => {
    const answer = await refer<Refused>(client);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([
      { field, message: expect.stringMatching(/name|characters/), allowed: expect.anything() },
    ]);
  });

  it.each([
    ['Lundqvist', { given: ' Pernilla ', family: ' Lundqvist ' }],
    ['İbrahim', { given: 'İbrahim' }],
    ['ibrahim', { given: 'İbrahim' }],
    ['elodie', { given: 'Élodie', family: 'Öztürk' }],
    ['ozturk elodie', { given: 'Élodie', family: 'Öztürk' }],
    ['Nunez', { family: 'Núñez' }],
    ['李小龍', { given: '小龍', family: '李' }],
    ['مها', { given: 'مها' }],
    ['100%', { given: '100%', family: 'Real_' }],
    ['🦊'.repeat(100), { given: '🦊'.repeat(100) }],
  ])('is found by %s [P4]', async (name, client) => {
    const { clientId } = await made(client);
    expect(await isFound(clientId, { name })).toBe(true);
    expect(await isFound(clientId, { name: 'Nobody Such' })).toBe(false);
  });

  it.each([' ', '%', '_', '\u200b', '\u3164', "'"])('without a letter or digit is refused: %j [S13]', async (name) => {
    const answer = await search<Refused>({ name });
    expect([answer.status, answer.body.errors.map((each) => each.field)]).toEqual([400, ['name']]);
  });

  it.each([{}, { name: '' }, { name: null }])('or another criterion is required: %j [S13]', async (asked) => {
    expect((await search(asked)).status).toBe(400);
  });

  it('that was changed is found by its new form, and no longer by its old one [P3]', async () => {
    const { clientId } = await made({ given: 'Wilhelmina', family: 'Before', phone: '555 011 2222' });
    const { headers } = await referrals.ask('dana.planner', `clients/${clientId}`);
    const answer = await referrals.at.ask('dana.planner', {
      method: 'PUT',
      path: `clients/${clientId}`,
      body: { ...base, given: 'Wilhelmina', family: 'After' },
      headers: { 'idempotency-key': referrals.at.ids.next(), 'if-match': String(headers['etag']) },
    });
    expect(answer.statusCode).toBe(200);
    expect(await isFound(clientId, { name: 'wilhelmina after' })).toBe(true);
    expect(await isFound(clientId, { name: 'wilhelmina before' })).toBe(false);
    expect(await isFound(clientId, { phone: '555 011 2222' })).toBe(false);
  });

  it.each(['statedNeed', 'note'])('or any other text must not be blank: %s is refused [S13]', async (field) => {
    const need = {
      need: 'housing',
      areaId: seedAreaId('north'),
      statedNeed: field === 'statedNeed' ? ' \u200b' : 'A bed',
    };
    const body = { client: { ...base, given: 'Pia' }, priority: 'routine', needs: [need] };
    const answer = await referrals.command<Refused>(
      'dana.planner',
      'referrals',
      field === 'note' ? { ...body, note: '  ' } : body,
    );
    expect([answer.status, answer.body.errors.map((each) => each.field)]).toEqual([
      400,
      [field === 'note' ? 'note' : 'needs[0].statedNeed'],
    ]);
  });
});

describe('a telephone number', () => {
  it('is kept as typed and as a number, and found however it is written [P5]', async () => {
    const { clientId } = await made({ given: 'Phoebe', phone: '+1 (555) 010-7777 ext. 23' });
    expect(await read(clientId)).toMatchObject({ phone: '+1 (555) 010-7777 ext. 23' });
    expect(await asNumber(clientId)).toEqual({ number: '+15550107777', extension: '23' });
    for (const phone of ['555 010 7777', '5550107777', '+15550107777', '1.555.010.7777', '555-010-7777 x23']) {
      expect([phone, await isFound(clientId, { phone })]).toEqual([phone, true]);
      expect([phone, await isFound(clientId, { phone, name: 'Pho' })]).toEqual([phone, true]);
    }
    for (const phone of ['555 010 7778', '555-010-7777 x24', '+44 555 010 7777']) {
      expect([phone, await isFound(clientId, { phone })]).toEqual([phone, false]);
    }
  });

  it('that nobody can dial from abroad is kept as typed and found by its digits [P5]', async () => {
    const { clientId } = await made({ given: 'Shortie', phone: 'internal 4711' });
    expect(await read(clientId)).toMatchObject({ phone: 'internal 4711' });
    expect(await asNumber(clientId)).toEqual({ number: null, extension: null });
    expect(await isFound(clientId, { phone: '47 11' })).toBe(true);
  });

  it.each(['n/a', 'ask', '--', '12', ' '])('has digits: %j is refused [P6]', async (phone) => {
    const stored = await refer<Refused>({ given: 'Pia', phone });
    const asked = await search<Refused>({ phone });
    expect([stored.status, stored.body.errors.map((each) => each.field)]).toEqual([400, ['client.phone']]);
    expect([asked.status, asked.body.errors.map((each) => each.field)]).toEqual([400, ['phone']]);
  });
});

describe('a birth date', () => {
  it.each(['2099-12-31', '1800-01-01', '9999-12-31', '2026-11-25', '2027', '1900'])(
    'lies within a life: %s is refused in words [P7]',
    async (birthDate) => {
      const answer = await refer<Refused>({ given: 'Pia', birthDate });
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([
        { field: 'client.birthDate', message: expect.stringMatching(/future|125 years/), allowed: expect.any(String) },
      ]);
    },
  );

  it('cannot be after the first referral [P7]', async () => {
    const { clientId } = await made({ given: 'Early', birthDate: '2026-11-24' });
    const { headers } = await referrals.ask('dana.planner', `clients/${clientId}`);
    const replace = async (birthDate: string): Promise<number> => {
      const answer = await referrals.at.ask('dana.planner', {
        method: 'PUT',
        path: `clients/${clientId}`,
        body: { ...base, given: 'Early', birthDate },
        headers: { 'idempotency-key': referrals.at.ids.next(), 'if-match': String(headers['etag']) },
      });
      return answer.statusCode;
    };
    referrals.at.clock.advance({ days: 3 });
    expect(await replace('2026-11-26')).toBe(400);
    expect(await replace('2026-11-24')).toBe(200);
  });

  it.each([
    ['1980-02-03', ['1980-02-03', '1980-02', '1980'], ['1980-02-04', '1981', '1980-03']],
    ['1980-02', ['1980-02-03', '1980-02', '1980'], ['1980-03-03', '1980-03']],
    ['1980', ['1980-02-03', '1980-11', '1980'], ['1981', '1979-12-31']],
    [undefined, [], ['1980', '1980-02-03']],
  ])('may be known in part, and is found by dates that agree: %s [P8]', async (birthDate, agreeing, others) => {
    const { clientId } = await made({
      given: 'Agnes',
      family: `Born${birthDate ?? ''}`,
      birthDate,
      estimated: birthDate !== undefined,
    });
    expect(await read(clientId)).toMatchObject({ birthDate: birthDate ?? null, estimated: birthDate !== undefined });
    for (const asked of agreeing) expect([asked, await isFound(clientId, { birthDate: asked })]).toEqual([asked, true]);
    for (const asked of others) expect([asked, await isFound(clientId, { birthDate: asked })]).toEqual([asked, false]);
    const { body } = await search({ name: `Born${birthDate ?? ''}` });
    const label = body.items.find((each) => each.clientId === clientId)?.label;
    expect(label).toEqual({
      ...{ given: 'Agnes', family: `Born${birthDate ?? ''}`, birthDate: birthDate ?? null },
      ...(birthDate === undefined ? {} : { estimated: true }),
    });
  });

  it.each(['1980-13', '1980-00', '80', '1980-02-30', '0000', '1980-2', '1980-'])(
    'that no calendar has is refused: %s [P8]',
    async (birthDate) => {
      const answer = await refer<Refused>({ given: 'Pia', birthDate });
      expect([answer.status, answer.body.errors.map((each) => each.field)]).toEqual([400, ['client.birthDate']]);
    },
  );
});

describe('a language', () => {
  it.each([
    ['ar', 'ar'],
    ['PT-br', 'pt-BR'],
    ['quc', 'quc'],
  ])('may be any that exists: %s [P11]', async (language, stored) => {
    const { clientId } = await made({ given: 'Pia', language, interpreterNeeded: true });
    expect(await read(clientId)).toMatchObject({ language: stored, interpreterNeeded: true });
  });

  it.each(['english', 'xx', '', 'en_US'])('that does not exist is refused: %j [P11]', async (language) => {
    const answer = await refer<Refused>({ given: 'Pia', language });
    expect([answer.status, answer.body.errors.map((each) => each.field)]).toEqual([400, ['client.language']]);
  });
});

describe('a client entered twice', () => {
  const tess = { given: 'Tessa', family: 'Twins', birthDate: '1980-02-03', phone: '555 013 1313' };

  it('is named in the answer, and in the search before it, but not merged [P12]', async () => {
    const first = await made(tess);
    expect(first.likelyDuplicates).toEqual([]);
    const same = { given: 'twins', family: 'TESSA', birthDate: '1980', phone: '+1 (555) 013-1313 ext. 1' };
    const before = await referrals.ask<Items<DuplicateClient>>('dana.planner', 'clients/duplicates', {
      ...base,
      ...same,
    });
    const because = ['same-name', 'birth-date-agrees', 'same-phone'];
    expect(before.body.items).toEqual([
      { clientId: first.clientId, because, label: { given: 'Tessa', family: 'Twins', birthDate: '1980-02-03' } },
    ]);
    const second = await made(same);
    expect(second.clientId).not.toBe(first.clientId);
    expect(second.likelyDuplicates).toEqual([{ clientId: first.clientId, because }]);
  });

  it.each([
    ['same name, another birth and number', { birthDate: '1999-01-01', phone: '555 013 9999' }, []],
    ['same name and number, another birth', { birthDate: '1999-01-01' }, ['same-name', 'same-phone']],
    ['same name, birth unknown', { birthDate: undefined, phone: undefined }, ['same-name']],
    ['same birth and number, another name', { given: 'Theo', family: 'Other' }, ['same-birth-date', 'same-phone']],
    ['same birth alone', { given: 'Theo', family: 'Other', phone: undefined }, []],
  ])('%s [P12]', async (_what, changes, because) => {
    const family = `Pair${referrals.at.ids.next().slice(-6)}`;
    const phone = `555 ${String(Math.trunc(100 + because.length * 7))} ${referrals.at.ids.next().slice(-4).replaceAll(/\D/g, '7')}`;
    const one = await made({ ...tess, phone, family });
    const two = await made({ ...tess, phone, family, ...changes });
    expect(two.likelyDuplicates?.find((each) => each.clientId === one.clientId)?.because ?? []).toEqual(because);
  });

  it('is never matched with a client of another organization [P12]', async () => {
    await made(tess);
    const { body } = await referrals.ask<Items<DuplicateClient>>('abel.harbor', 'clients/duplicates', {
      ...base,
      ...tess,
    });
    expect(body.items).toEqual([]);
  });
});
