import type { TaskView } from '#contracts';
import type { Problem } from '../../door/http/answer.ts';
import { delayBefore, treatmentOf } from '../../door/problems.ts';
import { isAsSeen, seenOf, type Act, type Seen } from './act.ts';
import {
  advanced,
  asQueued,
  asSigningIn,
  changed,
  emptyOutbox,
  followersStuck,
  isAbout,
  isWaiting,
  mapped,
  only,
  pendingOf,
  stuck,
  without,
  type Effect,
  type Outbox,
  type Pending,
  type Phase,
  type Reduced,
} from './pending.ts';

export type OutboxInput =
  | { readonly kind: 'decided'; readonly act: Act; readonly isStored: boolean; readonly now: number }
  | { readonly kind: 'undone'; readonly actId: string }
  /** The person sends what is held, delayed or stuck, now; a changed Task is taken as it is now. */
  | { readonly kind: 'insisted'; readonly actId: string }
  | { readonly kind: 'discarded'; readonly actId: string }
  | { readonly kind: 'passed'; readonly now: number }
  | { readonly kind: 'answered'; readonly actId: string; readonly version: number | null; readonly seen: Seen | null }
  /** `chance`: 0 to 1. */
  | {
      readonly kind: 'refused';
      readonly actId: string;
      readonly problem: Problem;
      readonly now: number;
      readonly chance: number;
    }
  | { readonly kind: 'read'; readonly actId: string; readonly task: TaskView; readonly now: number }
  | { readonly kind: 'changed-by-others'; readonly subject: string; readonly version: number }
  /** `stored`: acts of this person in the vault that belong to this tab, or to a tab that is gone. */
  | {
      readonly kind: 'opened';
      readonly personId: string;
      readonly tabId: string;
      readonly stored: readonly Act[];
      readonly serverNow: number;
    }
  | { readonly kind: 'locked' }
  /** The page goes away. */
  | { readonly kind: 'leaving' };

type Of<Kind extends OutboxInput['kind']> = Extract<OutboxInput, { readonly kind: Kind }>;

/** After a crash, an act that is older than this is not sent without its person. */
export const crashedMostMs = 15 * 60_000;

/** The whole logic of acts that are held, sent, repeated or stuck. */
export function reduceOutbox(outbox: Outbox, input: OutboxInput): Reduced {
  return advanced(applied(outbox, input), input.kind === 'leaving');
}

function applied(outbox: Outbox, input: OutboxInput): Reduced {
  switch (input.kind) {
    case 'decided':
      return only(decided(outbox, input));
    case 'undone':
      return undone(outbox, input.actId);
    case 'insisted':
      return insisted(outbox, input.actId);
    case 'discarded':
      return discarded(outbox, input.actId);
    case 'passed':
      return passed(outbox, input.now);
    case 'answered':
      return answered(outbox, input);
    case 'refused':
      return refused(outbox, input);
    case 'read':
      return read(outbox, input);
    case 'changed-by-others':
      return changedByOthers(outbox, input.subject, input.version);
    case 'opened':
      return only(opened(outbox, input));
    case 'locked':
      return only(locked(outbox));
    case 'leaving':
      return only(mapped(outbox, ({ phase }) => phase.kind === 'held', asQueued));
  }
}

function decided(outbox: Outbox, { act, isStored, now }: Of<'decided'>): Outbox {
  const phase: Phase = act.holdMs > 0 ? { kind: 'held', until: now + act.holdMs } : { kind: 'queued' };
  return { ...outbox, pending: [...outbox.pending, { act, phase, tries: 0, noMoreSurprises: false, isStored }] };
}

function undone(outbox: Outbox, actId: string): Reduced {
  const phase = pendingOf(outbox, actId)?.phase;
  const wasHeld = phase !== undefined && 'heldUntil' in phase && phase.heldUntil !== null;
  return phase?.kind === 'held' || wasHeld ? without(followersStuck(outbox, actId), actId) : only(outbox);
}

function discarded(outbox: Outbox, actId: string): Reduced {
  const kind = pendingOf(outbox, actId)?.phase.kind;
  const waits = kind === 'stuck' || kind === 'delayed' || kind === 'signing-in';
  return waits ? without(followersStuck(outbox, actId), actId) : only(outbox);
}

function insisted(outbox: Outbox, actId: string): Reduced {
  const pending = pendingOf(outbox, actId);
  if (pending?.phase.kind === 'held') return only(changed(outbox, actId, asQueued));
  if (pending?.phase.kind === 'delayed') return passed(outbox, pending.phase.until, actId);
  if (pending?.phase.kind !== 'stuck') return only(outbox);
  const { because } = pending.phase;
  const act = because.why === 'changed' ? on(because.task, pending.act) : pending.act;
  // decided again, so it comes after what was decided meanwhile
  const others = outbox.pending.filter((each) => each !== pending);
  const again = { ...asQueued(pending), act, tries: 0, noMoreSurprises: true };
  return { outbox: { ...outbox, pending: [...others, again] }, effects: [{ kind: 'store', act }] };
}

/** `actId`: only this one. */
function passed(outbox: Outbox, now: number, actId?: string): Reduced {
  const effects: Effect[] = [];
  const pending = outbox.pending.map((each): Pending => {
    const { act, phase } = each;
    if ((phase.kind !== 'held' && phase.kind !== 'delayed') || phase.until > now) return each;
    if (actId !== undefined && act.actId !== actId) return each;
    if (phase.kind === 'held' || phase.then === 'send') return asQueued(each);
    effects.push({ kind: 'read', act });
    return { ...each, phase: { kind: 'reading', heldUntil: phase.heldUntil } };
  });
  return { outbox: { ...outbox, pending }, effects };
}

function answered(outbox: Outbox, { actId, version, seen }: Of<'answered'>): Reduced {
  const subject = pendingOf(outbox, actId)?.act.subject;
  if (subject === undefined) return only(outbox);
  const { outbox: rest, effects } = without(outbox, actId);
  const { [subject]: waiting, ...others } = rest.newest;
  const versions = { ...rest.versions, [subject]: Math.max(version ?? 0, rest.versions[subject] ?? 0) };
  // the next act was decided on what this one leads to
  const informed = mapped(
    { ...rest, versions, newest: others },
    (each) => each.act.subject === subject && isWaiting(each) && seen !== null,
    (each) => ({ ...each, act: { ...each.act, seen: seen ?? each.act.seen } }),
  );
  if (waiting === undefined) return { outbox: informed, effects };
  const stopped = changedByOthers(informed, subject, waiting);
  return { outbox: stopped.outbox, effects: [...effects, ...stopped.effects] };
}

function refused(outbox: Outbox, { actId, problem, now, chance }: Of<'refused'>): Reduced {
  const pending = pendingOf(outbox, actId);
  if (pending === undefined) return only(outbox);
  // the page cancels nothing by itself, so a cancelled attempt is like a cut line
  const wanted = problem.code === 'cancelled' ? 'same-key' : treatmentOf(problem).repeat;
  // only a Task is read again and compared
  const repeat = wanted === 'after-reading' && pending.act.command.route !== 'actOnTask' ? 'never' : wanted;
  switch (repeat) {
    case 'same-key': {
      const tries = pending.tries + 1;
      const until = now + delayBefore(tries, problem.retryAfterSeconds, chance);
      const reads = pending.phase.kind === 'reading' ? pending.phase : undefined;
      const phase: Phase =
        reads === undefined
          ? { kind: 'delayed', until, then: 'send' }
          : { kind: 'delayed', until, then: 'read', heldUntil: reads.heldUntil };
      return only(changed(outbox, actId, (each) => ({ ...each, tries, phase })));
    }
    case 'after-sign-in':
      return only(changed(outbox, actId, asSigningIn));
    case 'after-reading':
      return {
        outbox: changed(outbox, actId, (each) => ({ ...each, phase: { kind: 'reading', heldUntil: null } })),
        effects: [{ kind: 'read', act: pending.act }],
      };
    case 'never':
      return only(stuck(outbox, actId, { why: 'refused', problem }));
  }
}

function read(outbox: Outbox, { actId, task, now }: Of<'read'>): Reduced {
  const pending = pendingOf(outbox, actId);
  if (pending?.phase.kind !== 'reading') return only(outbox);
  const { act, noMoreSurprises, phase } = pending;
  const isLegal = task.legalMoves.some(({ action }) => action === act.action);
  const isHeld = phase.heldUntil !== null;
  if ((noMoreSurprises && !isHeld) || !isLegal || !isAsSeen(act.seen, seenOf(task))) {
    return only(stuck(outbox, actId, { why: 'changed', task }));
  }
  const next = on(task, act);
  const until = phase.heldUntil ?? now;
  const going: Phase = until > now ? { kind: 'held', until } : { kind: 'queued' };
  const outboxNow = changed(outbox, actId, (each) => ({ ...each, act: next, phase: going, noMoreSurprises: !isHeld }));
  return { outbox: outboxNow, effects: [{ kind: 'store', act: next }] };
}

/** Others changed the subject: what is held stops until it is known whether anything that its person saw changed. */
function changedByOthers(outbox: Outbox, subject: string, version: number): Reduced {
  if (version <= (outbox.versions[subject] ?? 0)) return only(outbox);
  if (outbox.pending.some((each) => each.act.subject === subject && each.phase.kind === 'sending')) {
    const later = Math.max(version, outbox.newest[subject] ?? 0);
    return only({ ...outbox, newest: { ...outbox.newest, [subject]: later } });
  }
  const effects: Effect[] = [];
  const next = mapped(outbox, isAbout(subject), (each) => {
    if (each.phase.kind !== 'held' || version <= (each.act.ifMatch ?? Infinity)) return each;
    effects.push({ kind: 'read', act: each.act });
    return { ...each, phase: { kind: 'reading', heldUntil: each.phase.until } };
  });
  return { outbox: next, effects };
}

/** What the vault has is found there after the next sign-in; the rest waits here, unseen. */
function locked({ pending }: Outbox): Outbox {
  return { ...emptyOutbox, pending: pending.filter(({ isStored }) => !isStored).map(asSigningIn) };
}

function opened(before: Outbox, { personId, tabId, stored, serverNow }: Of<'opened'>): Outbox {
  const outbox = before.personId === null || before.personId === personId ? before : locked(before);
  const found = stored
    .filter((act) => act.personId === personId && pendingOf(outbox, act.actId) === undefined)
    .map((act): Pending => ({
      act: { ...act, tabId },
      phase: { kind: 'queued' },
      tries: 0,
      noMoreSurprises: act.tabId !== tabId,
      isStored: true,
    }));
  const pending = [...outbox.pending, ...found].sort((one, other) => (one.act.at < other.act.at ? -1 : 1));
  const woken = mapped({ ...outbox, personId, pending }, ({ phase }) => phase.kind === 'signing-in', asQueued);
  const isOld = ({ act, noMoreSurprises, phase }: Pending): boolean =>
    noMoreSurprises && phase.kind === 'queued' && serverNow - Date.parse(act.at) > crashedMostMs;
  return pending.reduce((all, each) => (isOld(each) ? stuck(all, each.act.actId, { why: 'old' }) : all), woken);
}

/** The act, decided on the Task as it is now. */
function on(task: TaskView, act: Act): Act {
  return { ...act, ifMatch: act.ifMatch === null ? null : task.version };
}
