import { describe, expect, it } from '@jest/globals';
import { holdStates, taskStates, type HoldState, type TaskState, type WaitsFor } from '#contracts';
import { isEnded } from './state-groups.ts';
import { waitsFor } from './waits-for.ts';

const taskId = '0190a0c0-0000-7000-8000-000000000001';
const otherTaskId = '0190a0c0-0000-7000-8000-000000000002';

describe('Who is waited for', () => {
  /** contract.md §2.1, waitsFor; a second, independent copy. */
  const table: Readonly<Record<TaskState, WaitsFor>> = {
    draft: 'sender',
    'awaiting-consent': 'sender',
    sent: 'agency',
    received: 'agency',
    'info-requested': 'sender',
    accepted: 'agency',
    'in-progress': 'agency',
    'on-hold': 'agency',
    'decline-review': 'coordinator',
    declined: 'nobody',
    redirected: 'nobody',
    withdrawn: 'nobody',
    expired: 'nobody',
    completed: 'nobody',
    'not-completed': 'nobody',
    'entered-in-error': 'nobody',
  };

  it.each(taskStates)('in %s follows from the state', (state) => {
    const asked = { taskId, state, subState: null };
    expect(waitsFor(asked, null)).toBe(table[state]);
    expect(waitsFor(asked, otherTaskId)).toBe(table[state]);
    expect(waitsFor(asked, taskId)).toBe(isEnded(state) ? 'coordinator' : table[state]);
  });

  it('while it is held follows from why', () => {
    const held = (subState: HoldState): WaitsFor => waitsFor({ taskId, state: 'on-hold', subState }, null);
    expect(holdStates.map((each) => [each, held(each)])).toEqual([
      ['waitlisted', 'agency'],
      ['awaiting-client', 'client'],
      ['awaiting-documents', 'agency'],
      ['agency-pause', 'agency'],
      ['consent-suspended', 'sender'],
    ]);
  });
});
