import type { TaskView } from '#contracts';
import type { Problem, Result } from '../../door/http/answer.ts';
import type { Door } from '../../door/door.ts';
import type { Outside } from '../../door/outside.ts';
import type { Route } from '../../door/http/route.ts';
import { routes } from '../../door/routes.ts';
import type { Vault } from '../vault/vault.ts';
import { seenOf, type Act } from './act.ts';
import { reduceOutbox, type OutboxInput } from './outbox.ts';
import { emptyOutbox, type Effect, type Outbox, type Pending } from './pending.ts';
import type { TabLife } from './tab-life.ts';

export interface OutboxParts {
  readonly door: Door;
  readonly outside: Outside;
  readonly life: TabLife;
  /** The server's clock now, in milliseconds since 1970. */
  readonly serverNow: () => number;
  /** Called with each answer, before the act leaves the outbox: the cache takes it over. */
  readonly answered: (act: Act, answer: Extract<Result<unknown>, { ok: true }>) => void;
  /** Called where an act is refused for good, or its Task has changed. */
  readonly refused: (act: Act, problem: Problem) => void;
}

/** What a screen gives to decide; the outbox adds the rest. */
export type Decision = Omit<Act, 'actId' | 'personId' | 'tabId' | 'at'>;

/** Acts that are held, under way, delayed or stuck; of the person who is signed in. */
export interface OutboxRunner {
  readonly state: () => readonly Pending[];
  readonly subscribe: (changed: () => void) => () => void;
  /** Returns the id of the act; undefined where nobody is signed in. */
  readonly decide: (decision: Decision) => Promise<string | undefined>;
  readonly undo: (actId: string) => void;
  readonly insist: (actId: string) => void;
  readonly discard: (actId: string) => void;
  /** Others changed this Task. */
  readonly changedByOthers: (subject: string, version: number) => void;
  readonly open: (personId: string, vault: Vault | null) => Promise<void>;
  /** Sends what is held, at once. */
  readonly leave: () => void;
  readonly lock: () => void;
}

/** Bodies that a page may still send when it ends: the browser refuses more than 64 KB together. */
const lastWordsMostBytes = 60_000;

export function runOutbox(parts: OutboxParts): OutboxRunner {
  const { door, outside, life } = parts;
  const listeners = new Set<() => void>();
  let outbox: Outbox = emptyOutbox;
  let vault: Vault | null = null;
  let stopWaiting = (): void => undefined;
  let visible: readonly Pending[] = [];
  let lastWords = 0;

  const input = (next: OutboxInput): void => {
    const { outbox: after, effects } = reduceOutbox(outbox, next);
    if (next.kind !== 'leaving') lastWords = 0;
    outbox = after;
    for (const effect of effects) carryOut(effect);
    wait();
    visible = outbox.pending.filter(({ act }) => act.personId === outbox.personId);
    for (const changed of listeners) changed();
  };
  const wait = (): void => {
    stopWaiting();
    const instants = outbox.pending.flatMap(({ phase }) => ('until' in phase ? [phase.until] : []));
    if (instants.length === 0) return;
    const now = outside.now();
    const first = Math.max(0, Math.min(...instants) - now);
    stopWaiting = outside.later(first, () => input({ kind: 'passed', now: outside.now() }));
  };
  const carryOut = (effect: Effect): void => {
    if (effect.kind === 'store') void vault?.keep('act', effect.act.actId, effect.act);
    if (effect.kind === 'forget') void vault?.remove('act', effect.actId);
    if (effect.kind === 'send') void send(effect.act, effect.isLast);
    if (effect.kind === 'read') void read(effect.act);
  };

  const send = async (act: Act, isLast: boolean): Promise<void> => {
    const { route, params, body } = act.command;
    const size = JSON.stringify(body).length;
    const keepalive = isLast && lastWords + size <= lastWordsMostBytes;
    if (keepalive) lastWords += size;
    const asking = { params, body, key: act.actId, ifMatch: act.ifMatch ?? undefined };
    const ask = door.ask as (route: Route, given: object, patience: object) => Promise<Result<unknown>>;
    const result = await ask(routes[route], asking, { keepalive });
    if (!result.ok) return refuse(act, result);
    parts.answered(act, result);
    const seen = route === 'actOnTask' ? seenOf(result.value as TaskView) : null;
    input({ kind: 'answered', actId: act.actId, version: result.version, seen });
  };
  const read = async (act: Act): Promise<void> => {
    const result = await door.ask(routes.task, { params: { id: act.subject } });
    if (!result.ok) return refuse(act, result);
    input({ kind: 'read', actId: act.actId, task: result.value, now: outside.now() });
  };
  const refuse = (act: Act, problem: Problem): void => {
    parts.refused(act, problem);
    input({ kind: 'refused', actId: act.actId, problem, now: outside.now(), chance: outside.chance() });
  };

  return {
    state: () => visible,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    decide: async (decision) => {
      const { personId } = outbox;
      if (personId === null) return undefined;
      const at = new Date(parts.serverNow()).toISOString();
      const act: Act = { ...decision, actId: outside.newId(), personId, tabId: life.tabId, at };
      const isStored = (await vault?.keep('act', act.actId, act)) === true;
      input({ kind: 'decided', act, isStored, now: outside.now() });
      return act.actId;
    },
    undo: (actId) => input({ kind: 'undone', actId }),
    insist: (actId) => input({ kind: 'insisted', actId }),
    discard: (actId) => input({ kind: 'discarded', actId }),
    changedByOthers: (subject, version) => input({ kind: 'changed-by-others', subject, version }),
    open: async (personId, itsVault) => {
      vault = itsVault;
      const stored = await life.alone(async () => {
        const found = (await vault?.all('act')) ?? [];
        const mine = await life.mine(found.flatMap(({ value }) => (value === undefined ? [] : [value as Act])));
        for (const act of mine) await vault?.keep('act', act.actId, { ...act, tabId: life.tabId });
        return mine;
      });
      input({ kind: 'opened', personId, tabId: life.tabId, stored, serverNow: parts.serverNow() });
    },
    leave: () => input({ kind: 'leaving' }),
    lock: () => {
      vault = null;
      input({ kind: 'locked' });
    },
  };
}
