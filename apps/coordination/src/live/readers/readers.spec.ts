import { describe, expect, it } from '@jest/globals';
import type { Scope } from '#persistence';
import { TooMany } from '#service';
import { OpenStreams, usualMostStreams, type Endable, type Reader } from './open-streams.ts';
import { JoinedReads } from './joined-reads.ts';

const reader = (personId: string, organizationId = 'mine'): Reader => ({ personId, organizationId });
const of = (organizationId: string, personId = 'anybody'): Scope => ({ kind: 'tenant', organizationId, personId });

describe('Reads for many streams', () => {
  it('are one for a scope and a change, however many streams there are [S5]', async () => {
    let reads = 0;
    const joined = new JoinedReads(() => {
      reads += 1;
      return Promise.resolve([]);
    });
    const streams = Array.from({ length: 1500 }, (_, at) => joined.seen(of('mine', `p${at}`), 4, 5, 500));
    await Promise.all(streams);
    expect(reads).toBe(1);
    await Promise.all([joined.seen(of('theirs'), 4, 5, 500), joined.seen(of('mine'), 5, 6, 500)]);
    expect(reads).toBe(3);
  });

  it('use at most two connections at once, and a failed read is repeated [S5]', async () => {
    let underWay = 0;
    let most = 0;
    let fails = true;
    const joined = new JoinedReads(async () => {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      if (fails) throw new Error('away');
      return [];
    });
    const all = Array.from({ length: 20 }, (_, at) => joined.seen(of(`o${at}`), 1, 2, 500));
    await Promise.allSettled(all);
    expect(most).toBe(2);
    fails = false;
    expect(await joined.seen(of('o1'), 1, 2, 500)).toEqual([]);
  });
});

describe('Open streams', () => {
  const stream = (): Endable & { ended: number } => ({
    ended: 0,
    replaced() {
      this.ended += 1;
    },
  });

  it('are ten of a person: the eleventh ends the oldest [S5]', () => {
    const open = new OpenStreams();
    const streams = Array.from({ length: 11 }, stream);
    for (const each of streams) {
      open.makeRoom(reader('p'));
      open.opened(reader('p'), each);
    }
    expect(streams.map(({ ended }) => ended)).toEqual([1, ...Array<number>(10).fill(0)]);
  });

  it('are bounded in total: a new one is refused until one has ended [S5]', () => {
    const open = new OpenStreams({ ...usualMostStreams, ofAll: 2 });
    const [first, second] = [stream(), stream()];
    open.opened(reader('a'), first);
    open.opened(reader('b'), second);
    expect(() => open.makeRoom(reader('c'))).toThrow();
    open.closed(reader('a'), first);
    open.closed(reader('a'), first);
    expect(() => open.makeRoom(reader('c'))).not.toThrow();
  });

  it('are bounded for an organization, while others are let in, and a person’s own oldest tab is replaced first [S5]', () => {
    const open = new OpenStreams({ ofPerson: 2, ofOrganization: 3, ofAll: 10 });
    const streams = Array.from({ length: 3 }, stream);
    for (const [at, each] of streams.entries()) open.opened(reader(at < 2 ? 'a' : 'b'), each);
    expect(() => open.makeRoom(reader('c'))).toThrow(TooMany);
    expect(() => open.makeRoom(reader('c', 'another'))).not.toThrow();
    expect(() => open.makeRoom(reader('a'))).not.toThrow();
    expect(streams.map(({ ended }) => ended)).toEqual([1, 0, 0]);
  });
});
