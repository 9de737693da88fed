import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  beginFollowing,
  nextFollowLook,
  reduceFollowing,
  silenceMs,
  type FollowEffect,
  type Following,
  type FollowInput,
  type Broadcast,
} from './follow.ts';

const change = { taskId: 't1', referralId: 'r1', version: 3 };
const word = (id: string | null, ...changes: readonly (typeof change)[]): Broadcast => ({
  id,
  changes,
  isReset: false,
});

/** A tab after these inputs, and the effects of the last one. */
function tab(hasLocks: boolean, ...inputs: readonly FollowInput[]) {
  return inputs.reduce<{ following: Following; effects: readonly FollowEffect[] }>(
    ({ following }, input) => reduceFollowing(following, input),
    beginFollowing({ hasLocks, isVisible: true }, 0),
  );
}

const granted: FollowInput = { kind: 'granted', now: 0 };
const read = (id: string, now: number, ...changes: readonly (typeof change)[]): FollowInput => ({
  ...{ kind: 'read', word: word(id, ...changes), retryMs: null, now },
});
const ended = (now: number, parts: object = {}): FollowInput => ({
  ...{ kind: 'ended', orderly: false, retryAfterSeconds: null, now, chance: 1 },
  ...parts,
});
const passed = (now: number): FollowInput => ({ kind: 'passed', now });

describe('a tab that leads', () => {
  it('reads the stream, and tells the others what it hears and that it lives', () => {
    expect(tab(true, granted).effects).toEqual([{ kind: 'connect', lastId: null }]);
    expect(tab(true, granted, read('p1', 10, change)).effects).toEqual([
      { kind: 'send-on', word: word('p1', change) },
      { kind: 'changed', changes: [change] },
    ]);
    expect(
      tab(true, granted, read('p1', 10), { kind: 'read', word: word(null), retryMs: null, now: 20 }).effects,
    ).toEqual([{ kind: 'send-on', word: word('p1') }]);
  });

  it('comes back after a cut with the last id, later each time, at most after a minute', () => {
    const cut = tab(true, granted, read('p1', 10), ended(100));
    expect(cut.following.connectAt).toBe(2100);
    expect(reduceFollowing(cut.following, passed(2100)).effects).toEqual([{ kind: 'connect', lastId: 'p1' }]);
    let { following } = cut;
    const delays = Array.from({ length: 7 }, (_, index) => {
      const now = (following.connectAt ?? 0) + 1;
      following = reduceFollowing(reduceFollowing(following, passed(now)).following, ended(now)).following;
      return [index, (following.connectAt ?? 0) - now];
    });
    expect(delays.map(([, delay]) => delay)).toEqual([4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('comes back at the usual pace when a stream ended with its token', () => {
    expect(tab(true, granted, ended(0), passed(2000), ended(3000, { orderly: true })).following.connectAt).toBe(5000);
  });

  it('waits as long as it is word to', () => {
    expect(tab(true, granted, ended(0, { retryAfterSeconds: 90 })).following.connectAt).toBe(90_000);
    const replaced: FollowInput = { kind: 'read', word: word('p1'), retryMs: 60_000, now: 0 };
    expect(tab(true, granted, replaced, ended(0, { orderly: true })).following.connectAt).toBe(60_000);
  });

  it('reads again what is seen and connects again after 30 seconds without a byte', () => {
    const { following, effects } = tab(true, granted, read('p1', 0), passed(silenceMs));
    expect(effects).toEqual([{ kind: 'reset' }, { kind: 'disconnect' }, { kind: 'connect', lastId: 'p1' }]);
    expect(following.silentSince).toBe(0);
    expect(reduceFollowing(following, read('p2', silenceMs + 5)).following.silentSince).toBeNull();
  });

  it('stops and queues when it is robbed', () => {
    const { following, effects } = tab(true, granted, read('p1', 0), { kind: 'robbed', now: 40_000 });
    expect(effects).toEqual([{ kind: 'disconnect' }, { kind: 'queue' }]);
    expect(reduceFollowing(following, read('p2', 40_001)).effects).toEqual([]);
  });
});

describe('a tab that follows', () => {
  const follows = (...inputs: readonly FollowInput[]) => tab(true, ...inputs);
  const hears = (id: string, now: number): FollowInput => ({ kind: 'broadcast', word: word(id, change), now });

  it('hears each change, and goes on from the place it received last once it leads', () => {
    expect(follows(hears('p7', 10)).effects).toEqual([{ kind: 'changed', changes: [change] }]);
    expect(follows(hears('p7', 10), granted).effects).toEqual([{ kind: 'connect', lastId: 'p7' }]);
  });

  it('takes the lock after 30 seconds of silence, if it is visible', () => {
    expect(follows(hears('p7', 0), passed(silenceMs - 1)).effects).toEqual([]);
    expect(follows(hears('p7', 0), passed(silenceMs)).effects).toEqual([{ kind: 'reset' }, { kind: 'steal' }]);
    const hidden: FollowInput = { kind: 'visible', isVisible: false, now: 0 };
    expect(follows(hears('p7', 0), hidden, passed(silenceMs)).effects).toEqual([{ kind: 'reset' }]);
    const shown: FollowInput = { kind: 'visible', isVisible: true, now: silenceMs + 1 };
    expect(follows(hears('p7', 0), hidden, passed(silenceMs), shown).effects).toEqual([{ kind: 'steal' }]);
  });

  it('stays where it is in a quiet hour in which the leader says that it lives', () => {
    const beats = Array.from({ length: 240 }, (_, index): FollowInput => {
      return { kind: 'broadcast', word: word('p7'), now: index * 15_000 };
    });
    expect(follows(...beats, passed(240 * 15_000)).effects).toEqual([]);
  });
});

describe('a tab of a browser without locks', () => {
  it('listens while it is visible only', () => {
    const hidden = tab(false, { kind: 'visible', isVisible: false, now: 5 });
    expect(beginFollowing({ hasLocks: false, isVisible: true }, 0).effects).toEqual([
      { kind: 'connect', lastId: null },
    ]);
    expect([hidden.effects, nextFollowLook(hidden.following)]).toEqual([[{ kind: 'disconnect' }], null]);
    const shown = reduceFollowing(hidden.following, { kind: 'visible', isVisible: true, now: 90_000 });
    expect(shown.effects).toEqual([{ kind: 'connect', lastId: null }]);
  });
});

describe('six tabs, whatever happens to them', () => {
  it('have at most one stream among those that live, and each change reaches all of them', () => {
    const steps = fc.array(
      fc.record({ which: fc.nat(5), what: fc.constantFrom('change', 'change', 'cut', 'close', 'hang', 'wait') }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const browser = new Browser();
        for (const { which, what } of all) browser.step(which, what);
        browser.settle();
        expect(browser.streams()).toBe(browser.living().length === 0 ? 0 : 1);
        for (const each of browser.living()) expect(each.received).toEqual(browser.changes);
      }),
      { numRuns: 200 },
    );
  });
});

interface Tab {
  following: Following;
  received: Set<number>;
  isOpen: boolean;
  isHung: boolean;
}

/** Six visible tabs, their lock, their channel, and a stream that can be resumed at any change. */
class Browser {
  now = 0;
  readonly changes = new Set<number>();
  private count = 0;
  private holder: Tab | undefined;
  private readonly tabs: Tab[] = Array.from({ length: 6 }, () => ({
    ...{ following: beginFollowing({ hasLocks: true, isVisible: true }, 0).following, received: new Set<number>() },
    ...{ isOpen: true, isHung: false },
  }));

  constructor() {
    this.grant();
  }

  living(): readonly Tab[] {
    return this.tabs.filter(({ isOpen, isHung }) => isOpen && !isHung);
  }

  streams(): number {
    return this.living().filter(({ following }) => following.stream === 'open').length;
  }

  step(which: number, what: string): void {
    const tab = this.tabs[which] as Tab;
    if (what === 'change') {
      this.count += 1;
      this.changes.add(this.count);
      this.deliver();
    }
    if (what === 'cut')
      this.input(tab, { kind: 'ended', orderly: false, retryAfterSeconds: null, now: this.now, chance: 1 });
    if (what === 'hang') tab.isHung = true;
    if (what === 'close') {
      tab.isOpen = false;
      if (this.holder === tab) this.grant();
    }
    if (what === 'wait') this.pass(10_000);
  }

  /** Enough time for a hung leader to be noticed; the stream sends something every 15 seconds. */
  settle(): void {
    for (let round = 0; round < 20; round += 1) this.pass(10_000);
    this.step(0, 'change');
    this.pass(10_000);
  }

  private pass(ms: number): void {
    this.now += ms;
    this.deliver();
    for (const tab of this.living()) this.input(tab, { kind: 'passed', now: this.now });
    this.deliver();
  }

  /** What the stream has since the place of the tab that reads it; without news it is a sign of life. */
  private deliver(): void {
    for (const tab of this.living().filter(({ following }) => following.stream === 'open')) {
      const from = Number(tab.following.lastId ?? 0);
      const versions = Array.from({ length: this.count - from }, (_, index) => from + 1 + index);
      const changes = versions.map((version) => ({ taskId: 't', referralId: 'r', version }));
      this.input(tab, { kind: 'read', word: word(String(this.count), ...changes), retryMs: null, now: this.now });
    }
  }

  private grant(): void {
    this.holder = this.living()[0];
    if (this.holder !== undefined) this.input(this.holder, { kind: 'granted', now: this.now });
  }

  private input(tab: Tab, input: FollowInput): void {
    if (!tab.isOpen || tab.isHung) return;
    const { following, effects } = reduceFollowing(tab.following, input);
    tab.following = following;
    for (const effect of effects) {
      if (effect.kind === 'changed') for (const { version } of effect.changes) tab.received.add(version);
      if (effect.kind === 'send-on') this.sendOn(tab, effect.word);
      if (effect.kind === 'steal') {
        const robbed = this.holder;
        this.holder = tab;
        if (robbed !== undefined) this.input(robbed, { kind: 'robbed', now: this.now });
        this.input(tab, { kind: 'granted', now: this.now });
      }
    }
  }
  private sendOn(tab: Tab, word: Broadcast): void {
    for (const other of this.tabs.filter((each) => each !== tab))
      this.input(other, { kind: 'broadcast', word, now: this.now });
  }
}
