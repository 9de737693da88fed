import { describe, expect, it } from '@jest/globals';
import {
  NeedSettled,
  ReferralChanged,
  ReferralClosed,
  ReferralReopened,
  RerouteProposed,
  TaskCompleted,
  TaskDeclined,
} from '#contracts';
import { factOf, type BoardReferral, type BoardTask } from '../board/board.ts';
import { fold } from '../board/board.fold.ts';
import { by, day, idNumber, org, serviceId, ReferralEvents } from '../testing/referral-events.ts';

const referralId = idNumber(1, 1);
const need = idNumber(2, 1);
const first = { taskId: idNumber(3, 1), serviceRequestId: need };
const second = { taskId: idNumber(3, 2), serviceRequestId: need };

function newReferral(): ReferralEvents {
  return new ReferralEvents(referralId)
    .created()
    .need(need, 'housing')
    .drafted(first, 'housing', 'harbor-house', 'harbor-beds');
}

function sent(): ReferralEvents {
  return newReferral().sent(first, 'housing', 'harbor-house');
}

const folded = ({ envelopes }: ReferralEvents): BoardReferral => fold(referralId, null, envelopes.map(factOf));
const task = (log: ReferralEvents, { taskId } = first): BoardTask => {
  const found = folded(log).tasks.find((each) => each.taskId === taskId);
  if (found === undefined) throw new Error('no such Task');
  return found;
};
const running = (log: ReferralEvents): readonly string[] =>
  task(log).timers.map((each) => `${each.timer}${each.pausedAt === null ? '' : ' (still)'}`);

describe('A need on the board', () => {
  const declined = (): ReferralEvents => {
    const story = sent();
    return story.add(
      TaskDeclined,
      {
        ...first,
        reason: 'no-capacity',
        hudResult: 3,
        afterAcceptance: false,
        reroute: true,
        rerouteBy: story.in(day),
      },
      by('ines.harbor'),
    );
  };

  it('waits for another agency after a decline, and no more once the next Task is sent', () => {
    const story = declined();
    expect(running(story)).toEqual(['reroute-by']);
    story.add(RerouteProposed, {
      serviceRequestId: need,
      afterTaskId: first.taskId,
      healthcareServiceIds: [serviceId('open-door-homes')],
      auto: true,
      rerouteBy: story.in(day),
    });
    story.drafted(second, 'housing', 'open-door', 'open-door-homes').sent(second, 'housing', 'open-door');
    expect(running(story)).toEqual([]);
    expect(task(story).version).toBe(8);
    expect(task(story, second)).toMatchObject({ state: 'sent', recipientOrganizationId: org('open-door') });
  });

  it('is settled by how its Task ended, or by hand, and opened again', () => {
    const story = sent().add(TaskCompleted, { ...first, outcome: 'housed', outputCount: 1 });
    story.add(NeedSettled, { serviceRequestId: need, result: 'met' });
    expect(folded(story).needs).toMatchObject([{ result: 'met', settledByHand: false, version: 6 }]);
    const byHand = declined().add(NeedSettled, { serviceRequestId: need, result: 'unmet', reason: 'no-capacity' });
    expect(folded(byHand).needs).toMatchObject([{ result: 'unmet', settledByHand: true }]);
    expect(running(byHand)).toEqual([]);
    const again = byHand.add(NeedSettled, { serviceRequestId: need, result: 'in-play' });
    expect(folded(again).needs).toMatchObject([{ result: 'in-play', settledByHand: false }]);
  });

  it('closes with its referral, and opens with it', () => {
    const story = sent();
    const at = story.now;
    story.add(ReferralClosed, { closeCode: 'closed-with-service', metCount: 1, partlyMetCount: 0, unmetCount: 0 });
    expect(folded(story).closed).toEqual({ code: 'closed-with-service', at });
    expect(folded(story.add(ReferralReopened, {})).closed).toBeNull();
  });

  it('becomes urgent with its referral, which moves every open Task', () => {
    const story = sent().add(ReferralChanged, { priority: 'urgent', neededBy: '2026-12-01T09:00:00.000Z' });
    expect(task(story)).toMatchObject({ priority: 'urgent', version: 5 });
    expect(running(story)).toEqual(['acknowledge-by', 'needed-by']);
    story.add(ReferralChanged, { priority: 'urgent' });
    expect(running(story)).toEqual(['acknowledge-by']);
  });
});
