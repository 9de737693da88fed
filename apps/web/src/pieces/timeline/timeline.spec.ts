import type { TimelineItemView } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { linesOf } from './timeline.ts';

const item = (version: number, facts: Partial<TimelineItemView>): TimelineItemView => ({
  eventId: `event-${version}`,
  version,
  type: 'referral.task.received',
  at: '2026-12-01T15:00:00Z',
  serviceRequestId: 'housing',
  need: 'housing',
  taskId: 'task',
  actorId: 'ines',
  actorRole: 'intake-worker',
  actorOrganizationId: 'harbor-house',
  state: 'received',
  subState: null,
  reason: null,
  dueAt: null,
  flags: [],
  ...facts,
});

describe('A timeline', () => {
  it('begins with what happened last', () => {
    expect(linesOf([item(1, {}), item(3, {}), item(2, {})]).map(({ key }) => key)).toEqual([
      'event-3',
      'event-2',
      'event-1',
    ]);
  });

  it('shows one need alone if one is chosen', () => {
    const items = [item(1, {}), item(2, { serviceRequestId: 'work', need: 'employment' })];
    expect(linesOf(items, 'work').map(({ need }) => need)).toEqual(['employment']);
  });

  it('says who did it, or that nobody did', () => {
    const [timer, person] = linesOf([item(1, {}), item(2, { actorRole: 'timer', actorId: null })]);
    expect(timer?.actor).toEqual({ by: 'timer' });
    expect(person?.actor).toEqual({ by: 'person', personId: 'ines', organizationId: 'harbor-house' });
  });

  it.each<[string, Partial<TimelineItemView>, object[]]>([
    [
      'the reason',
      { type: 'referral.task.declined', reason: 'no-capacity' },
      [{ says: 'reason', reason: 'no-capacity' }],
    ],
    ['the outcome', { type: 'referral.task.completed', flags: ['housed'] }, [{ says: 'outcome', outcome: 'housed' }]],
    [
      'what was tried and whether it worked',
      { type: 'referral.task.progressed', flags: ['contact-attempted', 'not-reached'] },
      [
        { says: 'progress', progress: 'contact-attempted' },
        { says: 'attempt', reached: false },
      ],
    ],
    ['why it waits', { type: 'referral.task.held', subState: 'waitlisted' }, [{ says: 'hold', hold: 'waitlisted' }]],
    ['nothing more of the rest', { subState: 'waitlisted', flags: ['claimed'] }, []],
  ])('says %s', (_title, facts, details) => {
    expect(linesOf([item(1, facts)])[0]?.details).toEqual(details);
  });
});
