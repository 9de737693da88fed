import { describe, expect, it } from '@jest/globals';
import { dueMark, type DueFacts } from './due.ts';

const now = Date.parse('2026-12-01T15:00:00Z');
const due = (facts: Partial<DueFacts>): DueFacts => ({
  dueAt: '2026-12-03T23:00:00Z',
  dueTimer: 'acknowledge-by',
  dueGroup: 'not-due',
  ...facts,
});

describe('What is due', () => {
  it('is said plainly while there is time', () => {
    expect(dueMark(due({}), now)).toMatchObject({ says: 'by', tone: 'plain' });
  });

  it('is soon where the server says so', () => {
    expect(dueMark(due({ dueGroup: 'due-soon' }), now)).toMatchObject({ says: 'by', tone: 'soon' });
  });

  it('is late as soon as its time has passed, whatever group the list was read with', () => {
    expect(dueMark(due({ dueAt: '2026-12-01T14:59:59Z', dueGroup: 'due-soon' }), now)).toMatchObject({
      says: 'late',
      tone: 'late',
    });
  });

  it('is late in both groups of what is overdue', () => {
    for (const dueGroup of ['overdue', 'critically-overdue'] as const) {
      expect(dueMark(due({ dueAt: '2026-12-01T11:00:00Z', dueGroup }), now)?.tone).toBe('late');
    }
  });

  it('is not late while the clock is stopped', () => {
    const paused = due({ dueAt: '2026-12-01T11:00:00Z', pausedAt: '2026-12-01T10:00:00Z' });
    expect(dueMark(paused, now)).toMatchObject({ says: 'paused', tone: 'plain' });
  });

  it('is nothing where no clock runs', () => {
    expect(dueMark(due({ dueAt: null, dueTimer: null, dueGroup: 'none' }), now)).toBeNull();
  });
});
