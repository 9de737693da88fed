import type { LabelView, TimelineItemView } from '#contracts';

/** The seed network, as far as the specimens need it. */
export const agencies = ['Harbor House', 'Open Door Housing', 'Lakeside Counseling', 'WorkBridge'];

const names: Readonly<Record<string, string>> = {
  ines: 'Ines',
  dana: 'Dana',
  'harbor-house': 'Harbor House',
  'st-brigid': 'St. Brigid Hospital',
};

export function nameOf(id: string): string | null {
  return names[id] ?? null;
}

export const labels: readonly (LabelView | null)[] = [
  { given: 'Rosa', family: 'Vega', birthDate: '1971-06-03' },
  { given: 'Rosa', family: 'Vega', birthYear: 1971 },
  { given: 'Jan', family: 'Moss', birthDate: '1990-01-01', estimated: true },
  { initials: 'RV', ageBand: '50-64' },
  { initials: 'TK', ageBand: '65+' },
  { initials: 'JM', ageBand: 'unknown' },
  null,
];

const item = (version: number, type: string, facts: Partial<TimelineItemView>): TimelineItemView => ({
  eventId: `event-${version}`,
  version,
  type,
  at: '2026-11-29T16:00:00Z',
  serviceRequestId: 'housing',
  need: 'housing',
  taskId: 'task',
  actorId: 'ines',
  actorRole: 'intake-worker',
  actorOrganizationId: 'harbor-house',
  state: null,
  subState: null,
  reason: null,
  dueAt: null,
  flags: [],
  ...facts,
});

export const happened: readonly TimelineItemView[] = [
  item(1, 'referral.task.sent', { actorId: 'dana', actorRole: 'discharge-planner', actorOrganizationId: 'st-brigid' }),
  item(2, 'referral.task.received', { at: '2026-11-29T19:02:00Z' }),
  item(3, 'referral.task.escalated', { at: '2026-11-30T15:30:00Z', actorRole: 'timer', actorId: null }),
  item(4, 'referral.task.progressed', { at: '2026-11-30T19:30:00Z', flags: ['contact-attempted', 'not-reached'] }),
  item(5, 'referral.task.declined', { at: '2026-12-01T14:10:00Z', reason: 'no-capacity' }),
];
