import { taskStates, type TaskState } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { lookOf, secondLine, stateWords, type StateFacts, type StateWord } from './state.ts';

describe('The word of a state', () => {
  it.each<[StateWord, TaskState[]]>([
    ['not-sent', ['draft', 'awaiting-consent']],
    ['sent', ['sent']],
    ['acknowledged', ['received', 'info-requested', 'decline-review']],
    ['accepted', ['accepted', 'in-progress']],
    ['on-hold', ['on-hold']],
    ['ended', ['declined', 'redirected', 'withdrawn', 'expired', 'completed', 'not-completed', 'entered-in-error']],
  ])('%s stands for %s', (word, states) => {
    expect(taskStates.filter((state) => lookOf(state).word === word)).toEqual(states);
  });

  it('has a shape that no other word has, so that colour is not needed', () => {
    const shapes = stateWords.map((word) => taskStates.filter((state) => lookOf(state).word === word).map(shapeOf));
    expect(new Set(shapes.map(([shape]) => shape)).size).toBe(stateWords.length);
    expect(shapeOf('completed')).not.toBe(shapeOf('declined'));
  });
});

describe('The second line of a state', () => {
  it.each<[string, Partial<StateFacts> & { readonly state: TaskState }, object | null]>([
    ['what is not sent yet', { state: 'draft' }, { says: 'draft' }],
    ['what waits for permission', { state: 'awaiting-consent' }, { says: 'needs-permission' }],
    ['that nobody acknowledged', { state: 'sent' }, { says: 'not-acknowledged' }],
    ['that any agency may take it', { state: 'sent', assignment: 'pool' }, { says: 'open-to-any' }],
    ['a question as one’s own to its sender', { state: 'info-requested' }, { says: 'question-for-you' }],
    ['a question as open to the agency', { state: 'info-requested', side: 'agency' }, { says: 'question-open' }],
    [
      'why a decline is proposed',
      { state: 'decline-review', reason: 'no-capacity' },
      { says: 'decline-in-review', reason: 'no-capacity' },
    ],
    ['who has it', { state: 'accepted', owner: 'Ines' }, { says: 'owner', owner: 'Ines' }],
    ['that nobody has it, to the agency', { state: 'received', owner: null, side: 'agency' }, { says: 'no-owner' }],
    ['nothing of the owner to others', { state: 'received', owner: null }, null],
    [
      'when they meet, before who has it',
      { state: 'in-progress', subState: 'appointment-booked', appointmentAt: '2026-12-08T21:00:00Z', owner: 'Ines' },
      { says: 'appointment', at: '2026-12-08T21:00:00Z' },
    ],
    [
      'what happened last',
      { state: 'in-progress', subState: 'no-show', owner: 'Ines' },
      { says: 'progress', progress: 'no-show' },
    ],
    [
      'that it is to be withdrawn, before anything else',
      { state: 'in-progress', subState: 'no-show', withdrawalRequestedAt: '2026-12-01T15:00:00Z' },
      { says: 'withdrawal-asked' },
    ],
    [
      'why it is on hold, and until when',
      { state: 'on-hold', subState: 'waitlisted', reviewOn: '2026-12-04' },
      { says: 'hold', hold: 'waitlisted', reviewOn: '2026-12-04' },
    ],
    [
      'that the permission ended, which no review changes',
      { state: 'on-hold', subState: 'consent-suspended', reviewOn: '2026-12-04' },
      { says: 'hold', hold: 'consent-suspended', reviewOn: null },
    ],
    ['what came of it', { state: 'completed', outcome: 'housed' }, { says: 'outcome', outcome: 'housed' }],
    [
      'that it is completed, where the outcome is not shown',
      { state: 'completed' },
      { says: 'state', state: 'completed' },
    ],
    ['why it was declined', { state: 'declined', reason: 'no-capacity' }, { says: 'declined', reason: 'no-capacity' }],
    [
      'that it was declined after accepting, which hurts more',
      { state: 'declined', reason: 'other', afterAcceptance: true },
      { says: 'after-acceptance', reason: 'other' },
    ],
    ['that nobody answered', { state: 'expired', reason: 'no-response' }, { says: 'nobody-answered' }],
    ['that it was passed on', { state: 'redirected', reason: 'no-capacity' }, { says: 'redirected' }],
    ['that it was a mistake', { state: 'entered-in-error' }, { says: 'in-error' }],
  ])('says %s', (_title, facts, line) => {
    expect(secondLine({ side: 'sender', ...facts })).toEqual(line);
  });

  it('is there for every state as its sender sees it, once there is an owner and a hold', () => {
    const silent = taskStates.filter(
      (state) => secondLine({ state, side: 'sender', owner: 'Ines', subState: 'waitlisted' }) === null,
    );
    expect(silent).toEqual([]);
  });
});

function shapeOf(state: TaskState): string {
  return lookOf(state).shape;
}
