import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  NeedSettled,
  ReferralCreated,
  TaskCompleted,
  TaskDeclined,
  TaskReturnPathChanged,
  type BoardRowView,
} from '#contracts';
import type { Page } from '#service';
import { startCoordination, type RunningCoordination } from '../../testing/running.ts';
import {
  by,
  counseling,
  day,
  housing,
  idNumber,
  networkId,
  org,
  ReferralEvents,
  twoNeeds,
} from '../../testing/referral-events.ts';

const work = { serviceRequestId: idNumber(2, 9), taskId: idNumber(3, 9) };

let coordination: RunningCoordination;
/** Dana: housing was declined, counseling is a draft. Hugo: work is done. */
beforeAll(async () => {
  coordination = await startCoordination();
  const log = twoNeeds(coordination.clock.now());
  const end = {
    reason: 'no-capacity',
    hudResult: 3,
    afterAcceptance: false,
    reroute: true,
    rerouteBy: log.in(day),
  } as const;
  log.add(TaskDeclined, { ...housing, ...end }, by('ines.harbor'));
  const other = new ReferralEvents(idNumber(1, 2), coordination.clock.now());
  const referral = {
    clientId: idNumber(7, 2),
    senderOrganizationId: org('st-brigid'),
    networkId,
    priority: 'routine',
  } as const;
  other.add(ReferralCreated, referral, by('hugo.admin')).need(work.serviceRequestId, 'employment');
  other.drafted(work, 'employment', 'workbridge', 'workbridge-jobs').sent(work, 'employment', 'workbridge');
  other.add(TaskCompleted, { ...work, outcome: 'employed', outputCount: 1 }, by('ilse.workbridge'));
  other.add(NeedSettled, { serviceRequestId: work.serviceRequestId, result: 'met' });
  await coordination.handle([...log.envelopes, ...other.envelopes]);
});
afterAll(() => coordination.close());

async function needs(login: string, query: string): Promise<readonly string[]> {
  const { body } = await coordination.ask<Page<BoardRowView>>(login, `board?${query}`);
  return body.items.map(({ need }) => need);
}

describe('A board can be asked for', () => {
  it.each([
    ['everything', '', ['housing', 'mental-health', 'employment']],
    ['what is open', 'open=true', ['housing', 'mental-health']],
    ['what is settled', 'open=false', ['employment']],
    ['several states', 'state=draft&state=completed', ['mental-health', 'employment']],
    ['a state among the settled', 'state=completed&open=false', ['employment']],
    ['what waits for a coordinator', 'waitsFor=coordinator', ['housing']],
    ['what waits for the sender', 'waitsFor=sender', ['mental-health']],
    ['what waits for nobody', 'waitsFor=nobody', ['employment']],
    ['what waits for nobody and is open', 'waitsFor=nobody&open=true', []],
  ])('%s', async (_what, query, expected) => {
    for (const login of ['cora.coordinator', 'dana.planner']) expect(await needs(login, query)).toEqual(expected);
  });

  it('what its reader created', async () => {
    expect(await needs('dana.planner', 'mine=true')).toEqual(['housing', 'mental-health']);
    expect(await needs('dana.planner', 'mine=true&waitsFor=sender')).toEqual(['mental-health']);
    expect(await needs('hugo.admin', 'mine=true')).toEqual(['employment']);
    expect(await needs('hugo.admin', 'mine=true&state=declined')).toEqual([]);
    expect(await needs('cora.coordinator', 'mine=true')).toEqual([]);
    expect(await needs('dana.planner', 'mine=false')).toHaveLength(3);
  });

  it('what is open for a sender to whom the end is not reported', async () => {
    const log = twoNeeds(coordination.clock.now(), 3);
    const moved = log.envelopes.map((each) => ({
      ...each,
      event: Object.assign(
        Object.create(Object.getPrototypeOf(each.event) as object),
        JSON.parse(JSON.stringify(each.event).replaceAll(/0190b000-000[23]-/g, '0190c000-0003-')),
      ),
    }));
    const task = {
      taskId: housing.taskId.replace('0190b000-0003', '0190c000-0003'),
      serviceRequestId: housing.serviceRequestId.replace('0190b000-0002', '0190c000-0003'),
    };
    const more = new ReferralEvents(log.referralId, log.now);
    more.add(TaskReturnPathChanged, { ...task, returnPath: 'none' });
    more.add(TaskCompleted, { ...task, outcome: 'housed', outputCount: 1 }, by('ines.harbor'));
    more.add(NeedSettled, { serviceRequestId: task.serviceRequestId, result: 'met' });
    await coordination.handle([
      ...moved,
      ...more.envelopes.map((each, index) => ({ ...each, streamVersion: 7 + index })),
    ]);
    const asked = 'need=housing&state=sent';
    expect(await needs('dana.planner', `${asked}&open=true&waitsFor=agency`)).toEqual(['housing']);
    expect(await needs('cora.coordinator', asked)).toEqual([]);
    expect(await needs('cora.coordinator', 'need=housing&open=false&state=completed')).toEqual(['housing']);
    expect(await needs('dana.planner', 'need=housing&open=false')).toEqual([]);
  });

  it.each([
    ['open', 'open=1'],
    ['state', 'state=draft&state=lost'],
    ['mine', 'mine=me'],
    ['waitsFor', 'waitsFor=me'],
    ['ownerId', `ownerId=${counseling.taskId}`],
  ])('not for a wrong %s', async (field, query) => {
    const { status, body } = await coordination.ask<{ errors: { field: string }[] }>(
      'cora.coordinator',
      `board?${query}`,
    );
    expect({ status, fields: body.errors.map((each) => each.field) }).toEqual({ status: 400, fields: [field] });
  });
});
