import type { AccessEvent, AttachmentEvent, ReferralEvent, TaskEvent } from '#contracts';

/** Every event of a referral's stream. */
type StreamEvent = ReferralEvent | TaskEvent | AccessEvent | AttachmentEvent;

/**
 * What is folded of a stream. `task`: a Task as referrals decides by it · `timers`: those that run · `board`: what
 * coordination shows · `readers`: who may see which item of a timeline · `due`, `flags`: of the event's own item ·
 * `end`: whether a Task or a need is still open.
 */
export type Aspect = 'task' | 'timers' | 'board' | 'readers' | 'due' | 'flags' | 'end';

/**
 * What each event changes. A new event needs its line here, and each fold that the line names then asks for its case:
 * neither compiles without. A fold leaves alone what an event does not change.
 */
const changed = {
  'referral.created': ['board', 'readers', 'due', 'flags'],
  'referral.changed': ['board', 'due', 'flags'],
  'referral.closed': ['board', 'flags'],
  'referral.reopened': ['board'],
  'referral.client.died': [],
  'referral.client.death-undone': ['flags'],
  'referral.client.contact-changed': ['board'],
  'referral.need.added': ['board'],
  'referral.need.settled': ['board', 'readers', 'flags', 'end'],
  'referral.reroute.proposed': ['board', 'due', 'flags'],
  'referral.access.granted': [],
  'referral.access.ended': [],
  'referral.packet.opened': ['board', 'flags'],
  'referral.attachment.added': ['flags'],
  'referral.attachment.removed': ['flags'],
  'referral.task.drafted': ['board', 'readers', 'flags'],
  'referral.task.consent-awaited': ['task', 'board'],
  'referral.task.sent': ['task', 'timers', 'board', 'readers', 'due', 'flags'],
  'referral.task.delivered': ['timers'],
  'referral.task.received': ['task', 'timers', 'board', 'due'],
  'referral.task.info-requested': ['task', 'timers', 'board', 'due'],
  'referral.task.info-replied': ['task', 'timers', 'board', 'due'],
  'referral.task.accepted': ['task', 'timers', 'board', 'readers', 'due', 'flags'],
  'referral.task.picked': ['task'],
  'referral.task.decline-proposed': ['task', 'timers', 'board', 'due'],
  'referral.task.decline-returned': ['task', 'timers', 'board', 'flags'],
  'referral.task.declined': ['task', 'timers', 'board', 'readers', 'due', 'flags', 'end'],
  'referral.task.redirected': ['task', 'timers', 'board', 'readers', 'end'],
  'referral.task.progressed': ['task', 'timers', 'board', 'flags'],
  'referral.task.held': ['task', 'timers', 'board', 'due'],
  'referral.task.resumed': ['task', 'timers', 'board'],
  'referral.task.completed': ['task', 'timers', 'board', 'flags', 'end'],
  'referral.task.not-completed': ['task', 'timers', 'board', 'due', 'flags', 'end'],
  'referral.task.withdrawal-requested': ['task', 'timers', 'due', 'flags'],
  'referral.task.withdrawn': ['task', 'timers', 'board', 'readers', 'flags', 'end'],
  'referral.task.suspended': ['task', 'timers', 'board', 'due'],
  'referral.task.restored': ['task', 'timers', 'board'],
  'referral.task.expired': ['task', 'timers', 'board', 'readers', 'due', 'flags', 'end'],
  'referral.task.assigned': ['task', 'timers', 'board'],
  'referral.task.marked-in-error': ['task', 'timers', 'board', 'readers', 'flags', 'end'],
  'referral.task.reopened': [],
  'referral.task.escalated': ['timers', 'flags'],
  'referral.task.return-path-changed': ['task', 'board', 'readers'],
  'referral.task.information-changed': ['task', 'board'],
  'referral.task.timer-moved': ['timers'],
  'referral.task.pool-changed': ['task', 'board', 'readers'],
} as const satisfies { readonly [Type in StreamEvent['type']]: readonly Aspect[] };

type Changed = typeof changed;

/** The types of the events that change this. */
export type TypeThatChanges<What extends Aspect> = {
  [Type in keyof Changed]: What extends Changed[Type][number] ? Type : never;
}[keyof Changed];

const typesThatChange: Readonly<Record<Aspect, ReadonlySet<string>>> = {
  task: typesWith('task'),
  timers: typesWith('timers'),
  board: typesWith('board'),
  readers: typesWith('readers'),
  due: typesWith('due'),
  flags: typesWith('flags'),
  end: typesWith('end'),
};

function typesWith(what: Aspect): ReadonlySet<string> {
  const lines: readonly (readonly [string, readonly Aspect[]])[] = Object.entries(changed);
  return new Set(lines.flatMap(([type, aspects]) => (aspects.includes(what) ? [type] : [])));
}

/** Whether an event changes this. One of an unknown type, from a later version, changes nothing that we know of. */
export function changes<E extends { readonly type: string }, What extends Aspect>(
  event: E,
  what: What,
): event is Extract<E, { readonly type: TypeThatChanges<What> }> {
  return typesThatChange[what].has(event.type);
}

/** Whether this version knows the type of an event. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(changed, type);
}

export function isTaskEvent<E extends { readonly type: string }>(event: E): event is Extract<E, TaskEvent> {
  return event.type.startsWith('referral.task.');
}
