import { describe, expect, it } from '@jest/globals';
import { TaskReceived, TaskReturnPathChanged } from '#contracts';
import { by, day, housing, twoNeeds } from '../testing/referral-events.ts';
import { factOf, type BoardReferral } from '../board/board.ts';
import { fold } from '../board/board.fold.ts';
import { completed } from './earlier-state.ts';

/** What this version keeps and earlier ones did not. */
const later = new Set([
  ...['createdBy', 'neededBy', 'stateSince', 'attempts', 'appointmentAt', 'reviewOn', 'acceptedAt', 'proposedAt'],
]);

/** A state as an earlier version stored it. The referral itself always kept `neededBy`; a frozen view had no latest event. */
function asEarlier(referral: BoardReferral): BoardReferral {
  const { neededBy } = referral;
  const without = JSON.stringify(referral, (name, value: unknown) => {
    if (name === 'frozen' && value !== null) {
      const { lastEvent: _lastEvent, ...frozen } = value as Record<string, unknown>;
      return frozen;
    }
    return later.has(name) ? undefined : value;
  });
  return { ...(JSON.parse(without) as BoardReferral), neededBy };
}

describe('A state that an earlier version folded', () => {
  it('has what is known for sure, and the fold goes on from it', () => {
    const log = twoNeeds('2026-11-24T08:00:00.000Z');
    const base = { ...fold(log.referralId, null, log.envelopes.map(factOf)), createdBy: null };
    const found = completed(asEarlier(base));
    expect(found).toEqual(base);
    log.add(TaskReceived, { ...housing, respondBy: log.in(5 * day) }, by('ines.harbor'));
    const more = log.envelopes.slice(-1).map(factOf);
    expect(fold(log.referralId, found, more)).toEqual(fold(log.referralId, base, more));
  });

  it('shows a sender to whom nothing is reported no more than that the Task was sent', () => {
    const log = twoNeeds('2026-11-24T08:00:00.000Z');
    const sentAt = log.envelopes.at(-1)?.time;
    log.add(TaskReturnPathChanged, { ...housing, returnPath: 'none' });
    log.wait(day).add(TaskReceived, { ...housing, respondBy: log.in(5 * day) }, by('ines.harbor'));
    const base = fold(log.referralId, null, log.envelopes.map(factOf));
    const frozen = completed(asEarlier(base)).tasks.find(({ taskId }) => taskId === housing.taskId)?.frozen;
    expect(frozen).toMatchObject({ stateSince: sentAt, lastEvent: { type: 'referral.task.sent', at: sentAt } });
  });
});
