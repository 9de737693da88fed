import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  OrganizationChanged,
  riverCounty,
  seedAreaId,
  seedOrganizationId,
  type DraftView,
  type ListedReferral,
  type ReferralView,
  type TaskView,
} from '#contracts';
import { WritingPerson } from '../draft/testing/writing-person.ts';
import { RunningReferrals, type Answered } from '../testing/running-referrals.ts';

const days = (count: number): object => ({ days: count });

describe('a referral that is made and sent', () => {
  let referrals: RunningReferrals;
  let beds: string;
  let homes: string;
  let clinic: string;

  beforeAll(async () => {
    referrals = await RunningReferrals.start();
    beds = await referrals.offers('harbor-house', 'housing', []);
    homes = await referrals.offers('open-door', 'housing', []);
    clinic = await referrals.offers('lakeside', 'mental-health', []);
    await referrals.offersToSeveral();
  });
  afterAll(() => referrals.close());

  const client = { given: 'Mara', family: 'Quill', birthDate: '1984-05-06', language: 'en', contactProhibited: false };
  const need = (offers: object, code = 'housing') => ({
    ...{ need: code, areaId: seedAreaId('north'), statedNeed: 'From Friday', ...offers },
  });
  const bodyWith = (needs: readonly object[], more: object = {}) => ({ client, priority: 'routine', needs, ...more });
  const make = (needs: readonly object[], more: object = {}): Promise<Answered<ReferralView>> =>
    referrals.command('dana.planner', 'referrals', bodyWith(needs, more));
  const send = (referralId: string, login = 'dana.planner'): Promise<Answered<ReferralView>> =>
    referrals.command(login, `referrals/${referralId}/send`, {});
  const tasksIn = ({ needs }: ReferralView): readonly TaskView[] => needs.flatMap(({ tasks }) => tasks);

  describe('offers its needs', () => {
    it('to several services, or to the pool', async () => {
      const { status, body } = await make([need({ healthcareServiceIds: [beds, homes] }), need({ pool: true })]);
      expect(status).toBe(201);
      expect(tasksIn(body).map(({ state, assignment, healthcareServiceId: id }) => [state, assignment, id])).toEqual([
        ...[['draft', 'directed', beds] as const, ['draft', 'directed', homes] as const],
        ['draft', 'pool', null],
      ]);
      const more = await referrals.command<ReferralView>('dana.planner', `referrals/${body.referralId}/needs`, {
        ...need({ healthcareServiceIds: [clinic] }, 'mental-health'),
      });
      expect([more.status, tasksIn(more.body)]).toMatchObject([201, [{}, {}, {}, { healthcareServiceId: clinic }]]);
    });

    it('in one way each, and each fault names its field', async () => {
      const wrong = [
        need({ healthcareServiceId: beds, pool: true }),
        need({ healthcareServiceIds: [beds, clinic] }),
        need({ healthcareServiceIds: [] }),
      ];
      const [both, another, none] = await Promise.all(wrong.map((each) => make([each])));
      const fieldOf = ({ status, body }: Answered<unknown>) => {
        const { errors = [] } = body as { readonly errors?: readonly { readonly field: string }[] };
        return [status, ...errors.map(({ field }) => field)];
      };
      expect(fieldOf(both as Answered)).toEqual([400, 'needs[0].healthcareServiceId']);
      expect(fieldOf(another as Answered)).toEqual([400, 'needs[0].healthcareServiceIds[1]']);
      expect(fieldOf(none as Answered)).toEqual([400, 'needs[0].healthcareServiceIds']);
    });

    it('to each organization once', async () => {
      const rooms = await referrals.offers('harbor-house', 'housing', []);
      const { status, body } = await make([need({ healthcareServiceIds: [beds, rooms] })]);
      expect([status, body]).toMatchObject([409, { guard: 'noOpenTaskForOrganization' }]);
    });
  });

  describe('is sent', () => {
    it('with every draft: covered ones go out, others wait for consent, and a second time changes nothing', async () => {
      const { body: made } = await make([
        need({ healthcareServiceId: beds }),
        need({ healthcareServiceId: clinic }, 'mental-health'),
      ]);
      await referrals.allows(made.clientId, 'harbor-house', ['core-contact', 'stated-need']);
      const sent = await send(made.referralId, 'hugo.admin');
      expect([sent.status, tasksIn(sent.body).map(({ state }) => state)]).toEqual([200, ['sent', 'awaiting-consent']]);
      expect(sent.text).not.toContain('Quill');
      const again = await send(made.referralId);
      expect([again.status, tasksIn(again.body).map(({ version }) => version)]).toEqual([
        ...[200, tasksIn(sent.body).map(({ version }) => version)],
      ]);
    });

    it('as far as it can be: a closed service is no reason to hold up the others', async () => {
      const full = await referrals.offers('second-start', 'employment', []);
      const { body: made } = await make([
        need({ healthcareServiceId: full }, 'employment'),
        need({ healthcareServiceId: beds }),
      ]);
      const organizationId = seedOrganizationId('second-start');
      await referrals.opens({ healthcareServiceId: full, organizationId, need: 'employment', asked: [] }, 'closed');
      const sent = await send(made.referralId);
      expect(tasksIn(sent.body).map(({ state }) => state)).toEqual(['draft', 'awaiting-consent']);
      const nothing = await send(made.referralId);
      expect([nothing.status, nothing.body]).toMatchObject([409, { guard: 'serviceIsOpen' }]);
    });

    it('by its sender, and is not there for others', async () => {
      const { body: made } = await make([need({ healthcareServiceId: beds })]);
      expect((await send(made.referralId, 'abel.harbor')).status).toBe(404);
      expect((await send(made.referralId, 'cora.coordinator')).status).toBe(403);
      expect((await send(made.referralId, 'ines.harbor')).status).toBe(403);
    });
  });

  describe('of a draft', () => {
    const dana = (): WritingPerson => new WritingPerson(referrals, 'dana.planner');
    const listed = async (): Promise<readonly ListedReferral[]> =>
      (await referrals.ask<{ items: readonly ListedReferral[] }>('dana.planner', 'referrals?limit=100')).body.items;
    const one = [{ need: 'food', areaId: seedAreaId('north'), statedNeed: 'Meals' }];

    it('is one referral, however often it is sent, and the draft says which', async () => {
      const draftId = await dana().begins();
      await dana().saves(draftId, 'who', 0, '{"given":"Mara"}');
      const before = (await listed()).length;
      const first = await make(one, { draftId });
      referrals.at.clock.advance(days(8));
      const second = await make(one, { draftId, note: 'Sent from the telephone' });
      const { referralId } = first.body;
      expect([first.status, second.status]).toEqual([201, 200]);
      expect([second.body.referralId, second.headers['location']]).toEqual([referralId, first.headers['location']]);
      expect((await listed()).length).toBe(before + 1);
      expect((await dana().reads(draftId)).body).toMatchObject({ referralId, sections: [{ name: 'who' }] });

      await dana().commands('DELETE', `drafts/${draftId}`);
      expect((await make(one, { draftId })).body.referralId).toBe(referralId);
    });

    it('is one referral when two devices send at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const draftId = round % 2 === 0 ? await dana().begins() : referrals.at.ids.next();
        const before = (await listed()).length;
        const answers = await Promise.all(Array.from({ length: 4 }, () => make(one, { draftId })));
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
        expect(new Set(answers.map(({ body }) => body.referralId)).size).toBe(1);
        expect((await listed()).length).toBe(before + 1);
      }
    });

    it('is its writer’s: the same id of somebody else makes another referral', async () => {
      const organizationId = seedOrganizationId('st-brigid');
      const { networkId } = riverCounty;
      await referrals.tell(
        organizationId,
        OrganizationChanged.of({ organizationId, networkId, kind: 'hospital', active: true, victimService: false }),
      );
      const draftId = await dana().begins();
      const first = await make(one, { draftId });
      const system = await referrals.command<ReferralView>('st-brigid-ehr', 'referrals', bodyWith(one, { draftId }));
      expect([system.status, system.body.referralId === first.body.referralId]).toEqual([201, false]);
    });

    it('is refused without taking the draft', async () => {
      const draftId = await dana().begins();
      const refused = await make([need({ healthcareServiceId: clinic })], { draftId });
      expect([refused.status, (await dana().reads(draftId)).body.referralId]).toEqual([400, null]);
      const act = referrals.at.ids.next();
      await dana().commands<DraftView>('POST', 'drafts', { draftId: act, kind: 'act', taskId: draftId });
      const { status, body } = await make(one, { draftId: act });
      expect([status, body]).toMatchObject([400, { errors: [{ field: 'draftId' }] }]);
    });
  });
});
