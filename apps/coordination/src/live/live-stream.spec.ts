import { describe, expect, it } from '@jest/globals';
import type { Scope } from '#persistence';
import { LiveStream, type Sink } from './live-stream.ts';
import { Places } from './places.ts';
import type { ReadChanges } from './readers/joined-reads.ts';
import { changeFrame, openingFrames, type Change } from './live.ts';

const places = new Places('a secret', 'organization mine');
const mine: Scope = { kind: 'tenant', organizationId: 'mine', personId: 'me' };
const stir = (upTo: number, ...organizations: string[]): Parameters<LiveStream['stirred']>[0] => ({
  organizationIds: new Set(organizations),
  networkIds: new Set(['network']),
  upTo,
});
const change = (changeId: number): Change => ({ changeId, taskId: `t${changeId}`, referralId: 'r', version: changeId });
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Waits until so many frames were written to the reader, however long the machine takes. */
async function written(sink: Written, frames: number): Promise<void> {
  while (sink.texts.length < frames) await soon();
}
const never = { commentEveryMs: 1_000_000, endAfterMs: 1_000_000 };

class Written implements Sink {
  readonly texts: string[] = [];
  waiting = 0;
  ended = 0;
  write(text: string): void {
    this.texts.push(text);
  }
  end(): void {
    this.ended += 1;
  }
}

/** Changes 1 to `last` are all visible; each query is noted. */
function changesUpTo(last: number): { read: ReadChanges; asked: string[] } {
  const asked: string[] = [];
  const read: ReadChanges = async (_scope, after, upTo, limit) => {
    asked.push(`${after}-${upTo}`);
    await soon();
    const all = Array.from({ length: last }, (_, index) => change(index + 1));
    return all.filter(({ changeId }) => changeId > after && changeId <= upTo).slice(0, limit);
  };
  return { read, asked };
}

describe('One reader’s stream', () => {
  it('skips changes that concern others without a read', async () => {
    const sink = new Written();
    const { read, asked } = changesUpTo(9);
    const stream = new LiveStream({ scope: mine, places }, { cursor: 1, reset: false }, sink, read, never);
    stream.stirred(stir(4, 'theirs'));
    stream.stirred(stir(6, 'mine'));
    await written(sink, 3);
    expect(asked).toEqual(['4-6']);
    expect(sink.texts).toEqual([
      openingFrames({ cursor: 1, reset: false }, places),
      changeFrame(change(5), places),
      changeFrame(change(6), places),
    ]);
    stream.end();
  });

  it('skips nothing while it reads', async () => {
    const sink = new Written();
    const { read, asked } = changesUpTo(9);
    const stream = new LiveStream({ scope: mine, places }, { cursor: 0, reset: false }, sink, read, never);
    stream.stirred(stir(2, 'mine'));
    stream.stirred(stir(5, 'theirs'));
    stream.stirred(stir(7, 'mine'));
    await written(sink, 8);
    expect(asked).toEqual(['0-2', '2-7']);
    expect(sink.texts.slice(1)).toEqual([1, 2, 3, 4, 5, 6, 7].map((each) => changeFrame(change(each), places)));
    stream.end();
  });

  it('reads a long past piece by piece', async () => {
    const sink = new Written();
    const { read, asked } = changesUpTo(1200);
    const stream = new LiveStream({ scope: mine, places }, { cursor: 0, reset: false }, sink, read, never);
    stream.catchUp(1200);
    await written(sink, 1201);
    expect(asked).toEqual(['0-1200', '500-1200', '1000-1200']);
    expect(sink.texts).toHaveLength(1201);
    stream.end();
  });

  it('disconnects a reader that is too slow', async () => {
    const sink = new Written();
    sink.waiting = 2_000_000;
    const stream = new LiveStream(
      { scope: mine, places },
      { cursor: 0, reset: false },
      sink,
      changesUpTo(3).read,
      never,
    );
    stream.catchUp(3);
    await soon();
    await soon();
    expect(sink.ended).toBe(1);
  });

  it('ends when the changes cannot be read, so that its reader comes back', async () => {
    const sink = new Written();
    const away: ReadChanges = () => Promise.reject(new Error('no database'));
    const stream = new LiveStream({ scope: mine, places }, { cursor: 0, reset: false }, sink, away, never);
    stream.catchUp(3);
    await soon();
    expect(sink.ended).toBe(1);
  });

  it('sends a comment from time to time, and ends before its reader’s token does', async () => {
    const sink = new Written();
    const pace = { commentEveryMs: 10, endAfterMs: 35 };
    const stream = new LiveStream(
      { scope: mine, places },
      { cursor: 0, reset: false },
      sink,
      changesUpTo(0).read,
      pace,
    );
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(sink.texts.slice(1).length).toBeGreaterThan(0);
    expect(new Set(sink.texts.slice(1))).toEqual(new Set([': still here\n\n']));
    expect(sink.ended).toBe(1);
    stream.end();
    expect(sink.ended).toBe(1);
  });
});
