import type { TaskView } from '#contracts';
import type { Problem } from '../../door/http/answer.ts';
import type { Act } from './act.ts';

/**
 * Why an act waits for its person. `changed`: others changed the Task, and `task` is what it is now. `after-another`: an
 * earlier act on the same subject was refused or taken back. `old`: found after a crash, too long ago.
 */
export type Stuck =
  | { readonly why: 'refused'; readonly problem: Problem }
  | { readonly why: 'changed'; readonly task: TaskView }
  | { readonly why: 'after-another' }
  | { readonly why: 'old' };

/**
 * `then`: what a delayed act does next. `heldUntil`: the Task is read because others changed it while the act was held;
 * null: because a 412 came. Instants are milliseconds.
 */
export type Phase =
  | { readonly kind: 'held'; readonly until: number }
  | { readonly kind: 'queued' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'delayed'; readonly until: number; readonly then: 'send' }
  | { readonly kind: 'delayed'; readonly until: number; readonly then: 'read'; readonly heldUntil: number | null }
  | { readonly kind: 'reading'; readonly heldUntil: number | null }
  | { readonly kind: 'signing-in' }
  | { readonly kind: 'stuck'; readonly because: Stuck };

export interface Pending {
  readonly act: Act;
  readonly phase: Phase;
  /** Failed attempts in a row. */
  readonly tries: number;
  /** It was sent again after a 412, or found after a crash: the next difference is for its person. */
  readonly noMoreSurprises: boolean;
  /** The vault has it. */
  readonly isStored: boolean;
}

export interface Outbox {
  /** In the order in which they were decided. */
  readonly pending: readonly Pending[];
  /** Who is signed in; null while the page is locked. Only this person's acts are sent. */
  readonly personId: string | null;
  /** By subject: the version that our newest own act was answered with. */
  readonly versions: Readonly<Record<string, number>>;
  /** By subject: the newest version that others made while an act of ours was under way. */
  readonly newest: Readonly<Record<string, number>>;
}

export const emptyOutbox: Outbox = { pending: [], personId: null, versions: {}, newest: {} };

/** What the shell does; it answers `send` with answered or refused, and `read` with read or refused. */
export type Effect =
  | { readonly kind: 'send'; readonly act: Act; readonly isLast: boolean }
  | { readonly kind: 'read'; readonly act: Act }
  | { readonly kind: 'store'; readonly act: Act }
  | { readonly kind: 'forget'; readonly actId: string };

export interface Reduced {
  readonly outbox: Outbox;
  readonly effects: readonly Effect[];
}

type Change = (each: Pending) => Pending;

export const asQueued: Change = (each) => ({ ...each, phase: { kind: 'queued' } });
export const asSigningIn: Change = (each) =>
  each.phase.kind === 'stuck' ? each : { ...each, phase: { kind: 'signing-in' } };
const asStuck = (each: Pending, because: Stuck): Pending => ({ ...each, phase: { kind: 'stuck', because } });

export function pendingOf({ pending }: Outbox, actId: string): Pending | undefined {
  return pending.find(({ act }) => act.actId === actId);
}

export function isAbout(subject: string): (each: Pending) => boolean {
  return ({ act }) => act.subject === subject;
}

export function only(outbox: Outbox): Reduced {
  return { outbox, effects: [] };
}

export function mapped(outbox: Outbox, which: (each: Pending) => boolean, change: Change): Outbox {
  return { ...outbox, pending: outbox.pending.map((each) => (which(each) ? change(each) : each)) };
}

export function changed(outbox: Outbox, actId: string, change: Change): Outbox {
  return mapped(outbox, ({ act }) => act.actId === actId, change);
}

export function without(outbox: Outbox, actId: string): Reduced {
  const pending = outbox.pending.filter(({ act }) => act.actId !== actId);
  return { outbox: { ...outbox, pending }, effects: [{ kind: 'forget', actId }] };
}

/** The act waits for its person, and so does what was decided after it on the same subject. */
export function stuck(outbox: Outbox, actId: string, because: Stuck): Outbox {
  return changed(followersStuck(outbox, actId), actId, (each) => asStuck(each, because));
}

/** What was decided after this act on the same subject, and was not sent yet, was decided on what it would lead to. */
export function followersStuck(outbox: Outbox, actId: string): Outbox {
  const place = outbox.pending.findIndex(({ act }) => act.actId === actId);
  const subject = outbox.pending[place]?.act.subject;
  return {
    ...outbox,
    pending: outbox.pending.map((each, index) =>
      index > place && each.act.subject === subject && isWaiting(each) ? asStuck(each, { why: 'after-another' }) : each,
    ),
  };
}

export function isWaiting({ phase: { kind } }: Pending): boolean {
  return kind === 'held' || kind === 'queued' || kind === 'signing-in';
}

/** Sends what may go now: of each subject one at a time, in order. What is stuck does not stand in the way of later acts. */
export function advanced({ outbox, effects: before }: Reduced, isLast: boolean): Reduced {
  const effects = [...before];
  const busy = new Set(outbox.pending.filter(({ phase }) => phase.kind === 'sending').map(({ act }) => act.subject));
  const pending = outbox.pending.map((each): Pending => {
    const { act, phase } = each;
    if (phase.kind === 'stuck' || busy.has(act.subject)) return each;
    busy.add(act.subject);
    if (phase.kind !== 'queued' || act.personId !== outbox.personId) return each;
    const informed = { ...act, ifMatch: versionFor(outbox, act) };
    effects.push({ kind: 'send', act: informed, isLast });
    return { ...each, act: informed, phase: { kind: 'sending' } };
  });
  return { outbox: { ...outbox, pending }, effects };
}

/** Never older than what our own last act on the subject was answered with. */
function versionFor({ versions }: Outbox, { ifMatch, subject }: Act): number | null {
  return ifMatch === null ? null : Math.max(ifMatch, versions[subject] ?? 0);
}
