import { describe, expect, it } from '@jest/globals';
import {
  TaskCompleted,
  TaskDeclined,
  TaskMarkedInError,
  TaskReceived,
  TaskReturnPathChanged,
  TaskWithdrawn,
  type ReturnPath,
} from '#contracts';
import { by, day, idNumber, ReferralEvents } from '../testing/referral-events.ts';
import { factOf, type BoardTask } from '../board/board.ts';
import { fold } from '../board/board.fold.ts';

const referralId = idNumber(1, 1);
const need = idNumber(2, 1);
const first = { taskId: idNumber(3, 1), serviceRequestId: need };

function sent(returnPath: ReturnPath = 'outcome'): ReferralEvents {
  return new ReferralEvents(referralId)
    .created()
    .need(need, 'housing')
    .drafted(first, 'housing', 'harbor-house', 'harbor-beds')
    .sent(first, 'housing', 'harbor-house', { returnPath });
}

function task({ envelopes }: ReferralEvents): BoardTask {
  const [found] = fold(referralId, null, envelopes.map(factOf)).tasks;
  if (found === undefined) throw new Error('no such Task');
  return found;
}

describe('What the sender sees of a Task', () => {
  it('is frozen from the sending on if nothing may be reported back', () => {
    const story = sent('none');
    const before = task(story).frozen;
    expect(before).toMatchObject({ state: 'sent', version: 4, ended: false });
    story.add(TaskReceived, { ...first, respondBy: story.in(5 * day) }, by('ines.harbor'));
    expect(task(story)).toMatchObject({ state: 'received', version: 5, frozen: before });
  });

  it('is frozen at what was seen before consent ended, and continues when consent returns', () => {
    const story = sent().add(TaskReceived, { ...first, respondBy: '2026-11-29T08:00:00.000Z' });
    story.add(TaskReturnPathChanged, { ...first, returnPath: 'none' });
    expect(task(story).frozen).toMatchObject({ state: 'received', version: 5 });
    story.add(TaskReturnPathChanged, { ...first, returnPath: 'status' });
    expect(task(story).frozen).toBeNull();
  });

  it.each([
    ['declined', TaskDeclined, { reason: 'no-capacity', hudResult: 3, afterAcceptance: false, reroute: true }],
    ['withdrawn', TaskWithdrawn, { reason: 'duplicate', by: 'sender' }],
    ['entered-in-error', TaskMarkedInError, { reason: 'duplicate', disclosed: false }],
  ] as const)('shows anyway that it was %s', (state, eventClass, fields) => {
    const story = sent('none').add(eventClass, { ...first, ...fields });
    expect(task(story)).toMatchObject({ state, frozen: null });
  });

  it('does not show that it was completed', () => {
    const story = sent('none').add(TaskCompleted, { ...first, outcome: 'housed', outputCount: 1 });
    expect(task(story)).toMatchObject({ state: 'completed', frozen: { state: 'sent' } });
  });
});
