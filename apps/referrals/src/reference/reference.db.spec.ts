import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { referenceOf, type ListedReferral, type ReferencedReferral, type ReferralView } from '#contracts';
import { RunningReferrals } from '../testing/running-referrals.ts';

describe('the reference of a referral', () => {
  let referrals: RunningReferrals;
  let beds: string;
  let clinic: string;

  beforeAll(async () => {
    referrals = await RunningReferrals.start();
    beds = await referrals.offers('harbor-house', 'housing', []);
    clinic = await referrals.offers('lakeside', 'mental-health', []);
  });
  afterAll(() => referrals.close());

  const find = (login: string, reference: string) =>
    referrals.ask<ReferencedReferral>(login, `references/${encodeURIComponent(reference)}`);

  it('is on the referral, its Tasks and its line of the list', async () => {
    const { referralId, reference, needs } = await referrals.referral([['housing', beds]]);

    expect(reference).toBe(referenceOf(referralId));
    expect(needs[0]?.tasks[0]?.reference).toBe(reference);
    const { body } = await referrals.ask<{ items: readonly ListedReferral[] }>('dana.planner', 'referrals');
    expect(body.items.find((each) => each.referralId === referralId)?.reference).toBe(reference);
  });

  it('is found by who sees the referral, and by an agency with its own Tasks alone', async () => {
    const { referralId, clientId, reference, needs } = await referrals.referral([
      ['housing', beds],
      ['mental-health', clinic],
    ]);
    const [housing, health] = needs.map(({ serviceRequestId, need, tasks }) => ({
      ...{ serviceRequestId, need, taskId: tasks[0]?.taskId as string, state: 'draft' },
    }));
    expect((await find('dana.planner', reference)).body).toEqual({ reference, referralId, tasks: [housing, health] });
    expect((await find('ines.harbor', reference)).status).toBe(404);

    await referrals.allows(clientId, 'harbor-house', ['core-contact', 'stated-need']);
    await referrals.send(housing?.taskId as string);

    const ofHarbor = { reference, referralId, tasks: [{ ...housing, state: 'sent' }] };
    expect((await find('ines.harbor', reference)).body).toEqual(ofHarbor);
    expect((await find('iris.lakeside', reference)).status).toBe(404);
    expect((await find('cora.coordinator', reference)).body.tasks).toHaveLength(2);
  });

  it('may be typed in small letters, with hyphens and blanks', async () => {
    const { reference } = await referrals.referral([['housing', beds]]);
    const typed = `${reference.slice(0, 2)}-${reference.slice(2, 5)} ${reference.slice(5)}`.toLowerCase();
    expect((await find('dana.planner', typed)).body.reference).toBe(reference);
  });

  it('answers the same for what nobody has, what cannot be one and what is withheld', async () => {
    const { reference } = await referrals.referral([['housing', beds]]);
    const answers = [
      await find('dana.planner', '00000000'),
      await find('dana.planner', 'K74Q'),
      await find('dana.planner', 'Mara Quill'),
      await find('ines.harbor', reference),
    ];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  it('is never that of two referrals: an id whose reference is taken is not used', async () => {
    const drawn: string[] = [];
    const { ids } = referrals.at;
    const next = ids.next.bind(ids);
    ids.next = () => {
      drawn.push(next());
      return drawn.at(-1) as string;
    };
    const first = await referrals.referral([['housing', beds]]);
    const place = drawn.indexOf(first.referralId);
    drawn.length = 0;
    ids.next = () => {
      const id = next();
      drawn.push(drawn.length === place ? `${id.slice(0, -10)}${first.referralId.slice(-10)}` : id);
      return drawn.at(-1) as string;
    };
    const second = await referrals.referral([['housing', beds]]);
    ids.next = next;

    expect(referenceOf(drawn[place] as string)).toBe(first.reference);
    expect(second.referralId).not.toBe(drawn[place]);
    expect((await find('dana.planner', second.reference)).body.referralId).toBe(second.referralId);
    expect((await find('dana.planner', first.reference)).body.referralId).toBe(first.referralId);
    const kept = await referrals.ask<ReferralView>('dana.planner', `referrals/${drawn[place]}`);
    expect(kept.status).toBe(404);
  });
});
