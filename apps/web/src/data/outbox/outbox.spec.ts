import { describe, expect, it } from '@jest/globals';
import type { LegalMoveView, TaskView } from '#contracts';
import type { Problem } from '../../door/http/answer.ts';
import { seenOf, type Act } from './act.ts';
import { reduceOutbox, type OutboxInput } from './outbox.ts';
import { emptyOutbox, type Effect, type Outbox } from './pending.ts';

const at = '2026-11-28T12:00:00.000Z';
const noon = Date.parse(at);

function act(actId: string, parts: Partial<Act> = {}): Act {
  return {
    ...{ actId, personId: 'ines', tabId: 'this tab', subject: 't1', action: 'accept', at, holdMs: 0, ifMatch: 7 },
    command: { route: 'actOnTask', params: { id: 't1', action: 'accept' }, body: { ownerId: 'ines' } },
    seen: { state: 'sent' },
    groupId: null,
    ...parts,
  };
}

function task(version: number, parts: Partial<TaskView> = {}): TaskView {
  const legalMoves: readonly LegalMoveView[] = [{ action: 'accept', needs: ['ownerId'], optional: [] }];
  return { taskId: 't1', version, state: 'sent', legalMoves, ...parts } as TaskView;
}

function problem(code: string, parts: object = {}): Problem {
  return { ok: false, code, status: 0, correlationId: 'c', retryAfterSeconds: null, ...parts } as unknown as Problem;
}

/** The outbox of Ines after these inputs, and the effects of the last one. */
function after(...inputs: readonly OutboxInput[]): { readonly outbox: Outbox; readonly effects: readonly Effect[] } {
  const open: OutboxInput = { kind: 'opened', personId: 'ines', tabId: 'this tab', stored: [], serverNow: noon };
  return [open, ...inputs].reduce<{ outbox: Outbox; effects: readonly Effect[] }>(
    ({ outbox }, input) => reduceOutbox(outbox, input),
    { outbox: emptyOutbox, effects: [] },
  );
}

const decided = (each: Act, now = 0): OutboxInput => ({ kind: 'decided', act: each, isStored: true, now });
const refused = (actId: string, code: string, parts: object = {}): OutboxInput => ({
  ...{ kind: 'refused', actId, problem: problem(code, parts), now: 0, chance: 0.5 },
});
const answered = (actId: string, version: number): OutboxInput => ({ kind: 'answered', actId, version, seen: null });
const changedByOthers = (version: number): OutboxInput => ({ kind: 'changed-by-others', subject: 't1', version });
const phases = (outbox: Outbox): readonly string[] => outbox.pending.map(({ phase }) => phase.kind);
const sends = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((each) => (each.kind === 'send' ? [`${each.act.actId} on ${each.act.ifMatch}`] : []));

describe('an act', () => {
  it('that is not held is sent at once', () => {
    expect(sends(after(decided(act('a'))).effects)).toEqual(['a on 7']);
  });

  it('that is held is sent when its time is over, and not before', () => {
    const held = decided(act('a', { holdMs: 8000 }));
    expect(sends(after(held, { kind: 'passed', now: 7999 }).effects)).toEqual([]);
    expect(sends(after(held, { kind: 'passed', now: 8000 }).effects)).toEqual(['a on 7']);
  });

  it('that is held can be undone, and is then forgotten', () => {
    const { outbox, effects } = after(decided(act('a', { holdMs: 8000 })), { kind: 'undone', actId: 'a' });
    expect([outbox.pending, effects]).toEqual([[], [{ kind: 'forget', actId: 'a' }]]);
  });

  it('that was sent cannot be undone any more', () => {
    expect(phases(after(decided(act('a')), { kind: 'undone', actId: 'a' }).outbox)).toEqual(['sending']);
  });

  it('that is held is sent at once when the page goes away', () => {
    const { effects } = after(decided(act('a', { holdMs: 8000 })), { kind: 'leaving' });
    expect(effects).toEqual([{ kind: 'send', act: act('a', { holdMs: 8000 }), isLast: true }]);
  });
});

describe('acts on one Task', () => {
  const both = [decided(act('r')), decided(act('a'))] as const;

  it('go one after the other, the second with the version that the first was answered', () => {
    expect(phases(after(...both).outbox)).toEqual(['sending', 'queued']);
    expect(sends(after(...both, answered('r', 9)).effects)).toEqual(['a on 9']);
  });

  it('wait for no other Task', () => {
    expect(sends(after(decided(act('r')), decided(act('o', { subject: 't2' }))).effects)).toEqual(['o on 7']);
  });

  it('stop behind one that was refused, until the person sends them', () => {
    const stopped = [...both, refused('r', 'illegal-move')];
    expect(after(...stopped).outbox.pending.map(({ phase }) => phase)).toMatchObject([
      { kind: 'stuck', because: { why: 'refused' } },
      { kind: 'stuck', because: { why: 'after-another' } },
    ]);
    expect(sends(after(...stopped, { kind: 'insisted', actId: 'a' }).effects)).toEqual(['a on 7']);
  });

  it('do not stand in the way of what is decided later', () => {
    const { effects } = after(decided(act('r')), refused('r', 'not-found'), decided(act('a')));
    expect(sends(effects)).toEqual(['a on 7']);
  });

  it('stop behind one that was undone', () => {
    const { outbox } = after(decided(act('a', { holdMs: 5000 })), decided(act('c')), { kind: 'undone', actId: 'a' });
    expect(outbox.pending[0]?.phase).toEqual({ kind: 'stuck', because: { why: 'after-another' } });
  });
});

describe('a change by others', () => {
  const held = decided(act('a', { holdMs: 8000 }));

  it('stops what is held, and reads what changed', () => {
    expect(after(held, changedByOthers(8)).effects).toMatchObject([{ kind: 'read', act: { actId: 'a' } }]);
    expect(sends(after(held, changedByOthers(8), { kind: 'passed', now: 9000 }).effects)).toEqual([]);
  });

  it('goes on being held where nothing that was seen changed', () => {
    const read = { kind: 'read', actId: 'a', task: task(8), now: 3000 } as const;
    expect(after(held, changedByOthers(8), read).outbox.pending[0]?.phase).toEqual({ kind: 'held', until: 8000 });
    expect(sends(after(held, changedByOthers(8), read, { kind: 'passed', now: 8000 }).effects)).toEqual(['a on 8']);
  });

  it.each([
    ['another state', task(8, { state: 'received' })],
    ['a move that is no longer legal', task(8, { legalMoves: [] })],
  ])('is shown where it is %s', (_, now) => {
    const { outbox } = after(held, changedByOthers(8), { kind: 'read', actId: 'a', task: now, now: 3000 });
    expect(outbox.pending[0]?.phase).toEqual({ kind: 'stuck', because: { why: 'changed', task: now } });
    expect(sends(reduceOutbox(outbox, { kind: 'insisted', actId: 'a' }).effects)).toEqual(['a on 8']);
  });

  it('is not one where it is our own', () => {
    const own = [decided(act('r')), decided(act('a', { holdMs: 8000 })), answered('r', 9)] as const;
    expect(phases(after(...own, changedByOthers(9)).outbox)).toEqual(['held']);
    expect(phases(after(...own, changedByOthers(10)).outbox)).toEqual(['reading']);
  });

  it('that comes before the answer of our own is compared with it', () => {
    const early = [decided(act('r')), decided(act('a', { holdMs: 8000 })), changedByOthers(9)] as const;
    expect(phases(after(...early).outbox)).toEqual(['sending', 'held']);
    expect(phases(after(...early, answered('r', 9)).outbox)).toEqual(['held']);
    expect(phases(after(...early, answered('r', 8)).outbox)).toEqual(['reading']);
  });
});

describe('a refusal', () => {
  it('412 reads again, and sends again by itself once where nothing that was seen changed', () => {
    const stale = [decided(act('a')), refused('a', 'stale')];
    expect(after(...stale).effects).toMatchObject([{ kind: 'read' }]);
    const once = [...stale, { kind: 'read', actId: 'a', task: task(8), now: 0 } as const];
    expect(sends(after(...once).effects)).toEqual(['a on 8']);
    const twice = [...once, refused('a', 'stale'), { kind: 'read', actId: 'a', task: task(9), now: 0 } as const];
    expect(after(...twice).outbox.pending[0]?.phase).toMatchObject({ because: { why: 'changed' } });
  });

  it.each(['bug', 'unknown-form', 'illegal-move', 'guard', 'not-found', 'role', 'invalid', 'key-reused'])(
    '%s is never repeated by itself, and the act is kept',
    (code) => {
      const { outbox } = after(decided(act('a')), refused('a', code));
      expect(phases(outbox)).toEqual(['stuck']);
      expect(sends(reduceOutbox(outbox, { kind: 'passed', now: noon }).effects)).toEqual([]);
    },
  );

  it.each(['no-network', 'timed-out', 'unavailable', 'too-many', 'consent-view-stale'])(
    '%s is repeated under the same key, each time later',
    (code) => {
      let { outbox } = after(decided(act('a')), refused('a', code));
      expect(outbox.pending[0]?.phase).toEqual({ kind: 'delayed', until: 1000, then: 'send' });
      outbox = reduceOutbox(outbox, { kind: 'passed', now: 1000 }).outbox;
      outbox = reduceOutbox(outbox, refused('a', code, { retryAfterSeconds: 30 })).outbox;
      expect(outbox.pending[0]?.phase).toEqual({ kind: 'delayed', until: 30_000, then: 'send' });
    },
  );

  it('401 waits for the same person', () => {
    const { outbox } = after(decided(act('a')), refused('a', 'unauthenticated'));
    const signedIn = (personId: string): OutboxInput => ({
      ...{ kind: 'opened', personId, tabId: 'this tab', stored: [act('a')], serverNow: noon },
    });
    const other = reduceOutbox(outbox, signedIn('ivan'));
    expect(sends(other.effects)).toEqual([]);
    expect(sends(reduceOutbox(other.outbox, signedIn('ines')).effects)).toEqual(['a on 7']);
  });

  it('of a command that is not about a Task is shown, and nothing is read', () => {
    const openness = { route: 'setOpenness', params: { id: 's1' }, body: { openness: 'closed' } } as const;
    const { outbox, effects } = after(decided(act('a', { command: openness, subject: 's1' })), refused('a', 'stale'));
    expect([phases(outbox), effects]).toEqual([['stuck'], []]);
  });
});

describe('what the vault has', () => {
  const found = (parts: Partial<Act>, minutes: number) =>
    reduceOutbox(emptyOutbox, {
      ...{ kind: 'opened', personId: 'ines', tabId: 'new tab', serverNow: noon + minutes * 60_000 },
      stored: [act('a', parts)],
    });

  it('is sent after a crash for 15 minutes, under the same key; later its person decides', () => {
    expect(sends(found({}, 14).effects)).toEqual(['a on 7']);
    expect(found({}, 16).outbox.pending[0]?.phase).toEqual({ kind: 'stuck', because: { why: 'old' } });
  });

  it('is shown, not sent again, where others changed the Task meanwhile', () => {
    const stale = reduceOutbox(found({}, 1).outbox, refused('a', 'stale'));
    const read = reduceOutbox(stale.outbox, { kind: 'read', actId: 'a', task: task(8), now: 0 });
    expect(read.outbox.pending[0]?.phase).toMatchObject({ because: { why: 'changed' } });
  });

  it('of another person is never sent', () => {
    expect(found({ personId: 'ivan' }, 1)).toEqual({ outbox: { ...emptyOutbox, personId: 'ines' }, effects: [] });
  });

  it('and memory too is sent after a lock, however long it took', () => {
    const stored = act('a');
    const unstored = act('b', { subject: 't2' });
    const locked = after(
      decided(stored),
      { kind: 'decided', act: unstored, isStored: false, now: 0 },
      { kind: 'locked' },
    );
    expect(locked.outbox).toMatchObject({ personId: null, pending: [{ act: { actId: 'b' } }] });
    const { effects } = reduceOutbox(locked.outbox, {
      ...{ kind: 'opened', personId: 'ines', tabId: 'this tab', stored: [stored], serverNow: noon + 3_600_000 },
    });
    expect([...sends(effects)].sort()).toEqual(['a on 7', 'b on 7']);
  });
});

describe('what a person saw', () => {
  it('is only what the row or the Task has', () => {
    expect(seenOf({ state: 'sent', dueAt: null })).toEqual({ state: 'sent', dueAt: null });
  });
});
