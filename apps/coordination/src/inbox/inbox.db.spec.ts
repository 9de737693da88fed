import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ClientContactChanged,
  TaskAccepted,
  TaskDrafted,
  TaskHeld,
  TaskMarkedInError,
  TaskProgressed,
  TaskReceived,
  TaskWithdrawn,
  referenceOf,
  type InboxRowView,
} from '#contracts';
import type { Page } from '#service';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';
import {
  by,
  day,
  hour,
  housing,
  idNumber,
  org,
  serviceId,
  ReferralEvents,
  twoNeeds,
} from '../testing/referral-events.ts';

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
});
afterAll(() => coordination.close());
beforeEach(() => coordination.forget());

const inbox = async (login: string, query = ''): Promise<readonly InboxRowView[]> =>
  (await coordination.ask<Page<InboxRowView>>(login, `inbox${query}`)).body.items;
const referral = (): ReferralEvents => twoNeeds(coordination.clock.now());

describe('An agency’s inbox', () => {
  it('contains a Task from its sending on, in ids and codes', async () => {
    const log = referral();
    await coordination.handle(log.envelopes);
    const sentAt = log.envelopes[5]?.time;
    expect(await inbox('ines.harbor')).toEqual([
      {
        taskId: housing.taskId,
        referralId: log.referralId,
        reference: referenceOf(log.referralId),
        serviceRequestId: housing.serviceRequestId,
        need: 'housing',
        priority: 'routine',
        neededBy: null,
        state: 'sent',
        stateSince: sentAt,
        subState: null,
        waitsFor: 'agency',
        dueTimer: 'acknowledge-by',
        dueAt: log.in(3 * day - 60_000),
        dueGroup: 'not-due',
        ownerId: null,
        senderOrganizationId: org('st-brigid'),
        healthcareServiceId: serviceId('harbor-beds'),
        assignment: 'directed',
        contact: { prohibited: false, channels: null },
        attempts: { count: 0, channels: [], since: null, last: null },
        appointmentAt: null,
        reviewOn: null,
        lastEvent: { type: 'referral.task.sent', at: sentAt },
        sentAt,
        version: 6,
      },
    ]);
  });

  it('says of a Task under way what was tried and what is planned', async () => {
    const log = referral();
    const taken = {
      ownerId: by('ines.harbor').id as string,
      recipientOrganizationId: org('harbor-house'),
      claimed: false,
    };
    log.add(TaskAccepted, { ...housing, ...taken, firstContactBy: log.in(2 * day) }, by('ines.harbor'));
    const tried = {
      ...housing,
      kind: 'contact-attempted',
      channel: 'phone',
      reached: false,
      firstContact: true,
    } as const;
    const at = log.now;
    log.add(TaskProgressed, { ...tried, at }, by('ines.harbor'));
    const appointmentAt = log.in(3 * day);
    log.add(TaskProgressed, { ...housing, kind: 'appointment-booked', at: appointmentAt, firstContact: false });
    const reviewOn = log.in(30 * day);
    log.add(TaskHeld, { ...housing, subState: 'waitlisted', reviewOn }, by('ines.harbor'));
    await coordination.handle(log.envelopes);
    expect(await inbox('ines.harbor')).toMatchObject([
      {
        stateSince: log.envelopes.at(-1)?.time,
        attempts: { count: 1, channels: ['phone'], since: at, last: at },
        appointmentAt,
        reviewOn,
      },
    ]);
  });

  it('contains no draft, and nothing of another agency', async () => {
    await coordination.handle(referral().envelopes);
    expect(await inbox('iris.lakeside')).toEqual([]);
    expect(await inbox('ivan.opendoor')).toEqual([]);
  });

  it('says how the client may be reached, also after a correction [W6]', async () => {
    const log = referral();
    const contact = { clientId: idNumber(7, 1), prohibited: true };
    log.add(ClientContactChanged, { ...contact, channels: ['in-person'] });
    await coordination.handle(log.envelopes);
    expect(await inbox('ines.harbor')).toMatchObject([{ contact: { prohibited: true, channels: ['in-person'] } }]);
    for (const [more, channels] of [
      [{ channels: [] }, []],
      [{ prohibited: false }, null],
    ] as const) {
      log.add(ClientContactChanged, { ...contact, ...more });
      await coordination.handle(log.envelopes.slice(-1));
      const { prohibited } = { ...contact, ...more };
      expect(await inbox('ines.harbor')).toMatchObject([{ contact: { prohibited, channels }, version: 6 }]);
    }
  });

  it('is only for people who work for an agency', async () => {
    for (const login of ['dana.planner', 'cora.coordinator', 'olga.privacy']) {
      expect((await coordination.ask(login, 'inbox')).status).toBe(403);
    }
    expect((await coordination.ask<Page<unknown>>('hugo.admin', 'inbox')).body).toEqual({ items: [], next: null });
  });

  it('keeps an ended Task at its end, and hides one that was an error', async () => {
    const log = referral();
    log.add(TaskReceived, { ...housing, respondBy: log.in(5 * day) }, by('ines.harbor'));
    log.add(TaskWithdrawn, { ...housing, reason: 'duplicate', by: 'sender' }, by('dana.planner'));
    await coordination.handle(log.envelopes);
    expect(await inbox('ines.harbor')).toMatchObject([
      { state: 'withdrawn', waitsFor: 'nobody', dueAt: null, dueGroup: 'none', version: 8 },
    ]);
    log.add(TaskMarkedInError, { ...housing, reason: 'duplicate', disclosed: false });
    await coordination.handle(log.envelopes.slice(-1));
    expect(await inbox('ines.harbor')).toEqual([]);
    expect(await inbox('ines.harbor', '?state=entered-in-error')).toEqual([]);
  });

  it('shows a pool’s Task to those who may claim it, and after the claim to one', async () => {
    const log = new ReferralEvents(idNumber(1, 2)).created().need(housing.serviceRequestId, 'housing');
    log.add(TaskDrafted, { ...housing, need: 'housing', assignment: 'pool' }, by('dana.planner'));
    const eligible = [org('harbor-house'), org('open-door')];
    log.sent(housing, 'housing', 'harbor-house', {
      recipientOrganizationId: undefined,
      eligibleOrganizationIds: eligible,
    });
    await coordination.handle(log.envelopes);
    for (const login of ['ines.harbor', 'ivan.opendoor']) {
      expect(await inbox(login)).toMatchObject([{ state: 'sent', assignment: 'pool', version: 4 }]);
    }
    expect(await inbox('iris.lakeside')).toEqual([]);
    const claim = { ownerId: by('ivan.opendoor').id as string, recipientOrganizationId: org('open-door') };
    log.add(TaskAccepted, { ...housing, ...claim, claimed: true, firstContactBy: log.in(2 * day) });
    await coordination.handle(log.envelopes.slice(-1));
    expect(await inbox('ivan.opendoor')).toMatchObject([{ state: 'accepted', ownerId: claim.ownerId }]);
    expect(await inbox('ines.harbor')).toEqual([]);
  });

  it('can be filtered by state, need, due group and owner', async () => {
    const log = referral();
    const owner = by('ines.harbor').id as string;
    const other = { serviceRequestId: idNumber(2, 3), taskId: idNumber(3, 3) };
    log.need(other.serviceRequestId, 'food').drafted(other, 'food', 'harbor-house', 'harbor-beds');
    log.sent(other, 'food', 'harbor-house');
    log.add(TaskAccepted, {
      ...other,
      ownerId: owner,
      recipientOrganizationId: org('harbor-house'),
      claimed: false,
      firstContactBy: log.in(hour),
    });
    await coordination.handle(log.envelopes);
    const ids = async (query: string): Promise<readonly string[]> =>
      (await inbox('ines.harbor', query)).map(({ taskId }) => taskId);
    expect(await ids('')).toEqual([other.taskId, housing.taskId]);
    expect(await ids('?state=accepted')).toEqual([other.taskId]);
    expect(await ids('?need=housing')).toEqual([housing.taskId]);
    expect(await ids('?mine=true')).toEqual([other.taskId]);
    expect(await ids('?mine=false')).toEqual([other.taskId, housing.taskId]);
    expect(await ids('?group=not-due')).toEqual([other.taskId, housing.taskId]);
    expect(await ids('?group=overdue')).toEqual([]);
  });

  it.each([
    ['group', '?group=someday'],
    ['state', '?state=happy'],
    ['mine', '?mine=perhaps'],
    ['limit', '?limit=101'],
    ['cursor', '?cursor=nothing'],
    ['colour', '?colour=red'],
  ])('refuses a wrong %s and says what is allowed', async (field, query) => {
    const { status, body } = await coordination.ask<{ errors: { field: string }[] }>('ines.harbor', `inbox${query}`);
    expect({ status, fields: body.errors.map((each) => each.field) }).toEqual({ status: 400, fields: [field] });
  });
});
