import type { Door } from '../../door/door.ts';
import type { Outside } from '../../door/outside.ts';
import { routes } from '../../door/routes.ts';
import { beginning, parsed, type StreamMessage } from './event-stream.ts';
import {
  beginFollowing,
  nextFollowLook,
  reduceFollowing,
  type Change,
  type FollowEffect,
  type Following,
  type FollowInput,
  type Broadcast,
} from './follow.ts';

export interface LiveFeedParts {
  readonly door: Door;
  readonly outside: Outside;
  /** One stream per name: that of the person, so that two people side by side have one each. */
  readonly name: string;
  /** The newest version of each thing that changed, gathered for a moment. */
  readonly changed: (changes: readonly Change[]) => void;
  /** News may be missing. */
  readonly reset: () => void;
}

export interface LiveFeed {
  /** Since when nothing is received, in milliseconds of this computer's clock; null while the news are live. */
  readonly silentSince: () => number | null;
  readonly subscribe: (changed: () => void) => () => void;
  readonly end: () => void;
}

const gatherMs = 150;

/** Follows the live news of one person in this tab, until it is ended. */
export function followLive({ door, outside, name, changed, reset }: LiveFeedParts): LiveFeed {
  const locks = (navigator as Partial<Navigator>).locks;
  const channel = new BroadcastChannel(`live/${name}`);
  const listeners = new Set<() => void>();
  const ended = new AbortController();
  const gathered = new Map<string, Change>();
  let stopGathering: (() => void) | undefined;
  let stopLook = (): void => undefined;
  let stream: AbortController | undefined;

  const started = beginFollowing({ hasLocks: locks !== undefined, isVisible: isVisible() }, outside.now());
  let following: Following = started.following;

  const input = (next: FollowInput): void => {
    if (ended.signal.aborted) return;
    const before = following.silentSince;
    const followed = reduceFollowing(following, next);
    following = followed.following;
    followed.effects.forEach(carryOut);
    look();
    if (following.silentSince !== before) for (const each of listeners) each();
  };
  const look = (): void => {
    stopLook();
    const at = nextFollowLook(following);
    if (at === null) return;
    stopLook = outside.later(Math.max(0, at - outside.now()), () => input({ kind: 'passed', now: outside.now() }));
  };
  const carryOut = (effect: FollowEffect): void => {
    switch (effect.kind) {
      case 'connect':
        return void connect(effect.lastId);
      case 'disconnect':
        return stream?.abort();
      case 'queue':
        return hold({ signal: ended.signal });
      case 'steal':
        return hold({ steal: true });
      case 'send-on':
        return channel.postMessage(effect.word);
      case 'changed':
        return gather(effect.changes);
      case 'reset':
        return reset();
    }
  };
  const hold = (options: LockOptions): void => {
    const held = locks?.request(`live/${name}`, options, () => {
      input({ kind: 'granted', now: outside.now() });
      return new Promise<void>((release) => ended.signal.addEventListener('abort', () => release()));
    });
    // rejects when another tab steals the lock, and when this feed ends while it waits
    held?.catch(() => input({ kind: 'robbed', now: outside.now() }));
  };

  const connect = async (lastId: string | null): Promise<void> => {
    stream?.abort();
    const own = new AbortController();
    stream = own;
    const over = (orderly: boolean, retryAfterSeconds: number | null): void => {
      if (stream !== own) return;
      own.abort();
      input({ kind: 'ended', orderly, retryAfterSeconds, now: outside.now(), chance: outside.chance() });
    };
    const opened = await door.stream(routes.live, lastId === null ? {} : { 'last-event-id': lastId }, own.signal);
    if (!opened.ok) return over(false, opened.retryAfterSeconds);
    const decoder = new TextDecoder();
    let parsing = beginning;
    for (;;) {
      const bytes = await opened.next();
      if (stream !== own || own.signal.aborted) return opened.end();
      if (!(bytes instanceof Uint8Array)) {
        opened.end();
        return over(bytes === null, null);
      }
      const step = parsed(parsing, decoder.decode(bytes, { stream: true }));
      parsing = step.parsing;
      const { id, retryMs } = parsing;
      input({ kind: 'read', word: broadcastOf(step.messages, id), retryMs, now: outside.now() });
    }
  };

  const gather = (changes: readonly Change[]): void => {
    for (const change of changes) {
      const key = change.taskId ?? change.referralId;
      if (change.version >= (gathered.get(key)?.version ?? 0)) gathered.set(key, change);
    }
    stopGathering ??= outside.later(gatherMs, () => {
      stopGathering = undefined;
      const all = [...gathered.values()];
      gathered.clear();
      changed(all);
    });
  };

  const onMessage = ({ data }: MessageEvent<Broadcast>): void =>
    input({ kind: 'broadcast', word: data, now: outside.now() });
  const onVisible = (): void => input({ kind: 'visible', isVisible: isVisible(), now: outside.now() });
  channel.addEventListener('message', onMessage);
  document.addEventListener('visibilitychange', onVisible);
  started.effects.forEach(carryOut);
  look();

  return {
    silentSince: () => following.silentSince,
    subscribe: (each) => {
      listeners.add(each);
      return () => listeners.delete(each);
    },
    end: () => {
      ended.abort();
      stream?.abort();
      stopLook();
      stopGathering?.();
      channel.close();
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}

function broadcastOf(messages: readonly StreamMessage[], id: string | null): Broadcast {
  return {
    id,
    changes: messages.flatMap(({ event, data }) => (event === 'changed' ? [JSON.parse(data) as Change] : [])),
    isReset: messages.some(({ event }) => event === 'reset'),
  };
}
