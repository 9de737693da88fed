import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TaskAccepted, TaskDeclined, TaskWithdrawn, type InboxRowView, type Need } from '#contracts';
import type { Page } from '#service';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';
import { by, day, idNumber, org, ReferralEvents, type TaskIds } from '../testing/referral-events.ts';

const taskOf = (number: number): TaskIds => ({ serviceRequestId: idNumber(2, number), taskId: idNumber(3, number) });
/** Tasks of Harbor House by a name for each; in the order of its inbox. */
const tasks = { sent: taskOf(1), ofInes: taskOf(2), ofAbel: taskOf(3), declined: taskOf(4), withdrawn: taskOf(5) };
type Name = keyof typeof tasks;

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
  const log = new ReferralEvents(idNumber(1, 1), coordination.clock.now()).created();
  const offered = (name: Name, need: Need): void => {
    log.need(tasks[name].serviceRequestId, need).drafted(tasks[name], need, 'harbor-house', 'harbor-beds');
    log.sent(tasks[name], need, 'harbor-house', { acknowledgeBy: '2026-11-27T08:00:00.000Z' });
  };
  const accepted = (name: Name, login: string): void => {
    const owner = { ownerId: by(login).id as string, recipientOrganizationId: org('harbor-house'), claimed: false };
    log.add(TaskAccepted, { ...tasks[name], ...owner, firstContactBy: '2026-11-28T08:00:00.000Z' }, by(login));
  };
  offered('sent', 'housing');
  offered('ofInes', 'food');
  offered('ofAbel', 'food');
  offered('declined', 'housing');
  offered('withdrawn', 'food');
  accepted('ofInes', 'ines.harbor');
  accepted('ofAbel', 'abel.harbor');
  accepted('withdrawn', 'ines.harbor');
  const end = {
    reason: 'no-capacity',
    hudResult: 3,
    afterAcceptance: false,
    reroute: true,
    rerouteBy: log.in(day),
  } as const;
  log.add(TaskDeclined, { ...tasks.declined, ...end }, by('abel.harbor'));
  log.add(TaskWithdrawn, { ...tasks.withdrawn, reason: 'duplicate', by: 'sender' }, by('dana.planner'));
  await coordination.handle(log.envelopes);
});
afterAll(() => coordination.close());

const nameOf = (id: string): string =>
  Object.entries(tasks).find(([, { taskId }]) => taskId === id)?.[0] ?? `unknown ${id}`;

async function names(query: string): Promise<readonly string[]> {
  const { body } = await coordination.ask<Page<InboxRowView>>('ines.harbor', `inbox?${query}`);
  return body.items.map(({ taskId }) => nameOf(taskId));
}

const abel = by('abel.harbor').id as string;
const ines = by('ines.harbor').id as string;

describe('An inbox can be asked for', () => {
  it.each([
    ['everything', '', ['sent', 'ofInes', 'ofAbel', 'withdrawn', 'declined']],
    ['what is open', 'open=true', ['sent', 'ofInes', 'ofAbel']],
    ['what has ended', 'open=false', ['withdrawn', 'declined']],
    ['one state', 'state=accepted', ['ofInes', 'ofAbel']],
    ['several states', 'state=sent&state=declined&state=withdrawn', ['sent', 'withdrawn', 'declined']],
    ['one’s own', 'mine=true', ['ofInes', 'withdrawn']],
    ['those of a colleague', `ownerId=${abel}`, ['ofAbel']],
    ['one’s own, by id', `ownerId=${ines}&open=true`, ['ofInes']],
    ['one’s own of a colleague', `mine=true&ownerId=${abel}`, []],
    ['what waits for the agency', 'waitsFor=agency', ['sent', 'ofInes', 'ofAbel']],
    ['what waits for the coordinator', 'waitsFor=coordinator', ['declined']],
    ['what waits for nobody', 'waitsFor=nobody', ['withdrawn']],
    ['what waits for the sender', 'waitsFor=sender', []],
    ['everything without a due time that is open', 'group=none&open=true', []],
    [
      'everything together',
      `state=accepted&need=food&ownerId=${abel}&open=true&group=not-due&waitsFor=agency`,
      ['ofAbel'],
    ],
    ['ended ones of a person in a state', `state=withdrawn&state=declined&mine=true`, ['withdrawn']],
  ])('%s', async (_what, query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('page by page, whatever the filter', async () => {
    const seen: string[] = [];
    const query = 'inbox?state=sent&state=declined&state=withdrawn&limit=1';
    for (let cursor = ''; ;) {
      const { body } = await coordination.ask<Page<InboxRowView>>('ines.harbor', `${query}${cursor}`);
      seen.push(...body.items.map(({ taskId }) => nameOf(taskId)));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toEqual(['sent', 'withdrawn', 'declined']);
  });

  it.each([
    ['open', 'open=maybe'],
    ['state', 'state=sent&state=happy'],
    ['state', 'state=sent&state=sent'],
    ['ownerId', 'ownerId=ines'],
    ['waitsFor', 'waitsFor=everybody'],
  ])('not for a wrong %s', async (field, query) => {
    const { status, body } = await coordination.ask<{ errors: { field: string }[] }>('ines.harbor', `inbox?${query}`);
    expect({ status, fields: body.errors.map((each) => each.field) }).toEqual({ status: 400, fields: [field] });
  });
});
