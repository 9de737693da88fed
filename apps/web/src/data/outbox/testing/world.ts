import { expect } from '@jest/globals';
import type { LegalMoveView, TaskView } from '#contracts';
import type { Problem } from '../../../door/http/answer.ts';
import { seenOf, type Act } from '../act.ts';
import { reduceOutbox, type OutboxInput } from '../outbox.ts';
import { emptyOutbox, type Effect, type Outbox } from '../pending.ts';
import type { Step } from './steps.ts';

/** A small platform, a browser with a vault, and a note of everything that happened. */
export class World {
  outbox: Outbox = emptyOutbox;
  now = 0;
  readonly tasks = [0, 1, 2].map(() => ({ version: 1, seen: 'sent' }));
  /** By key: the answer that a repeat gets. */
  readonly executed = new Map<string, number>();
  readonly executions: Act[] = [];
  readonly vault = new Map<string, Act>();
  readonly decidedActs: Act[] = [];
  readonly taken: string[] = [];
  readonly mayLeaveEarly = new Set<string>();
  flights: Extract<Effect, { kind: 'send' | 'read' }>[] = [];
  private tab = 0;

  constructor() {
    this.signIn('ines');
  }

  step(step: Step): void {
    switch (step.kind) {
      case 'decide':
        return this.decide(step.subject, step.holdMs);
      case 'undo':
      case 'insist':
      case 'discard':
        return this.byPerson(step.kind, step.nth);
      case 'wait':
        this.now += step.ms;
        return this.input({ kind: 'passed', now: this.now });
      case 'network':
        return this.network(step.nth, step.how);
      case 'others':
        return this.others(step);
      case 'lock':
        return this.lock();
      case 'sign in':
        return this.signIn('ines');
      case 'other signs in':
        this.lock();
        return this.signIn('ivan');
      case 'leave':
        this.releaseHolds();
        return this.input({ kind: 'leaving' });
      case 'crash':
        return this.crash();
    }
  }

  /** Everything works from now on, and the person waits. */
  calm(): void {
    this.signIn('ines');
    for (let round = 0; round < 200 && (this.flights.length > 0 || this.isBusy()); round += 1) {
      if (this.flights.length > 0) this.network(0, 'works');
      else this.step({ kind: 'wait', ms: 60_000 });
    }
  }

  isBusy(): boolean {
    return this.outbox.pending.some(({ phase }) => phase.kind !== 'stuck');
  }

  private decide(place: 0 | 1 | 2, holdMs: number): void {
    const { personId } = this.outbox;
    if (personId === null) return;
    const seenTask = this.taskOf(place);
    const act: Act = {
      ...{
        actId: `a${this.decidedActs.length}`,
        personId,
        tabId: `tab ${this.tab}`,
        subject: `t${place}`,
        action: 'accept',
      },
      command: { route: 'actOnTask', params: { id: `t${place}`, action: 'accept' }, body: { ownerId: 'ines' } },
      ...{ ifMatch: seenTask.version, seen: seenOf(seenTask), groupId: null, holdMs },
      at: new Date(this.now + this.decidedActs.length).toISOString(),
    };
    this.decidedActs.push(act);
    const isStored = this.decidedActs.length % 4 !== 0;
    if (isStored) this.vault.set(act.actId, act);
    this.input({ kind: 'decided', act, isStored, now: this.now });
  }

  private byPerson(kind: 'undo' | 'insist' | 'discard', which: number): void {
    const mine = this.outbox.pending.filter(({ act }) => act.personId === this.outbox.personId);
    const actId = mine[which % Math.max(1, mine.length)]?.act.actId;
    if (actId === undefined) return;
    if (kind === 'insist') this.mayLeaveEarly.add(actId);
    const inputs = { undo: 'undone', insist: 'insisted', discard: 'discarded' } as const;
    this.input({ kind: inputs[kind], actId });
    if (kind !== 'insist' && !this.outbox.pending.some(({ act }) => act.actId === actId))
      this.taken.push(`${kind} ${actId}`);
  }

  private network(which: number, how: Extract<Step, { kind: 'network' }>['how']): void {
    const flight = this.flights[which % Math.max(1, this.flights.length)];
    if (flight === undefined) return;
    this.flights = this.flights.filter((each) => each !== flight);
    const { actId } = flight.act;
    const refuse = (code: string, parts: object = {}): void => {
      const problem = { ok: false, code, status: 0, correlationId: 'c', retryAfterSeconds: null, ...parts };
      this.input({ kind: 'refused', actId, problem: problem as unknown as Problem, now: this.now, chance: 0.5 });
    };
    if (how === 'loses request') return refuse('no-network');
    if (how === 'busy') return refuse('unavailable', { retryAfterSeconds: 2 });
    const place = Number(flight.act.subject.slice(1));
    if (flight.kind === 'read') return this.input({ kind: 'read', actId, task: this.taskOf(place), now: this.now });
    if (how === 'breaks') return refuse('bug');
    const result = this.execute(flight.act, place);
    if (how === 'loses answer') return refuse('timed-out');
    if (typeof result === 'string') return refuse(result);
    this.input({ kind: 'answered', actId, version: result, seen: seenOf(this.taskOf(place)) });
  }

  /** As contract.md §1 orders the checks: a repeat first, then 412. */
  private execute(act: Act, place: number): number | 'stale' {
    const replayed = this.executed.get(act.actId);
    if (replayed !== undefined) return replayed;
    const task = this.tasks[place] as { version: number };
    if (act.ifMatch !== task.version) return 'stale';
    task.version += 1;
    this.executed.set(act.actId, task.version);
    this.executions.push(act);
    return task.version;
  }

  private others({ subject: place, visibly, noticed }: Extract<Step, { kind: 'others' }>): void {
    const task = this.tasks[place] as { version: number; seen: string };
    task.version += 1;
    if (visibly) task.seen = `${task.seen}'`;
    if (noticed) this.input({ kind: 'changed-by-others', subject: `t${place}`, version: task.version });
  }

  private signIn(personId: string): void {
    const stored = [...this.vault.values()];
    this.input({ kind: 'opened', personId, tabId: `tab ${this.tab}`, stored, serverNow: this.now });
  }

  private lock(): void {
    this.releaseHolds();
    this.input({ kind: 'locked' });
  }

  /** A page that ends or locks has nobody left to press Undo. */
  private releaseHolds(): void {
    for (const { act } of this.outbox.pending) this.mayLeaveEarly.add(act.actId);
  }

  private crash(): void {
    this.outbox = emptyOutbox;
    this.flights = [];
    this.tab += 1;
    for (const { actId } of this.vault.values()) this.mayLeaveEarly.add(actId);
    this.signIn('ines');
  }

  private input(input: OutboxInput): void {
    const { outbox, effects } = reduceOutbox(this.outbox, input);
    this.outbox = outbox;
    for (const effect of effects) {
      if (effect.kind === 'store') this.vault.set(effect.act.actId, effect.act);
      else if (effect.kind === 'forget') this.vault.delete(effect.actId);
      else this.fly(effect);
    }
  }

  private fly(effect: Extract<Effect, { kind: 'send' | 'read' }>): void {
    const { act } = effect;
    this.flights.push(effect);
    if (effect.kind !== 'send') return;
    expect(this.taken).not.toContain(`undo ${act.actId}`);
    expect(this.taken).not.toContain(`discard ${act.actId}`);
    expect(act.personId).toBe(this.outbox.personId);
    const isEarly =
      this.now < Date.parse(act.at) - this.decidedActs.findIndex((each) => each.actId === act.actId) + act.holdMs;
    if (isEarly) expect([...this.mayLeaveEarly]).toContain(act.actId);
    const others = this.outbox.pending.filter(
      (each) => each.act.subject === act.subject && each.phase.kind === 'sending' && each.act.actId !== act.actId,
    );
    expect(others).toEqual([]);
  }

  private taskOf(place: number): TaskView {
    const { version, seen } = this.tasks[place] as { version: number; seen: string };
    const legalMoves = [{ action: 'accept', needs: [], optional: [] }] as readonly LegalMoveView[];
    return { taskId: `t${place}`, version, state: seen, legalMoves } as TaskView;
  }
}
