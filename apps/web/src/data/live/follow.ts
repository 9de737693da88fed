/** What changed: ask for it again. `taskId` is null where the whole referral changed. */
export interface Change {
  readonly taskId: string | null;
  readonly referralId: string;
  readonly version: number;
}

/** What the leading tab tells the others: that the stream lives, its place, and what changed. */
export interface Broadcast {
  readonly id: string | null;
  readonly changes: readonly Change[];
  readonly isReset: boolean;
}

/**
 * How one tab gets live news. `follower`: hears them from the tab that holds the lock. `leader`: reads the
 * stream. `alone`: the browser has no locks, so each visible tab reads for itself.
 */
export interface Following {
  readonly role: 'follower' | 'leader' | 'alone';
  readonly stream: 'none' | 'open';
  /** When the next connection is due; null: none is planned. */
  readonly connectAt: number | null;
  /** When anything was received last: a byte, or a word of the leader. */
  readonly receivedAt: number;
  /** The place in the stream, remembered by every tab, so that a new leader goes on where the old one was. */
  readonly lastId: string | null;
  readonly retryMs: number;
  /** Failed connections in a row. */
  readonly tries: number;
  readonly isVisible: boolean;
  /** Since when nothing is received; null while the news are live. Instants are milliseconds. */
  readonly silentSince: number | null;
}

export type FollowInput =
  | { readonly kind: 'granted'; readonly now: number }
  /** Another tab has taken the lock. */
  | { readonly kind: 'robbed'; readonly now: number }
  | { readonly kind: 'read'; readonly word: Broadcast; readonly retryMs: number | null; readonly now: number }
  | { readonly kind: 'broadcast'; readonly word: Broadcast; readonly now: number }
  /** The stream is over. `retryAfterSeconds`: what a refusal asked for. `chance`: 0 to 1. */
  | {
      readonly kind: 'ended';
      readonly orderly: boolean;
      readonly retryAfterSeconds: number | null;
      readonly now: number;
      readonly chance: number;
    }
  | { readonly kind: 'passed'; readonly now: number }
  | { readonly kind: 'visible'; readonly isVisible: boolean; readonly now: number };

export type FollowEffect =
  | { readonly kind: 'connect'; readonly lastId: string | null }
  | { readonly kind: 'disconnect' }
  /** Waits for the lock, behind the others. */
  | { readonly kind: 'queue' }
  | { readonly kind: 'steal' }
  | { readonly kind: 'send-on'; readonly word: Broadcast }
  | { readonly kind: 'changed'; readonly changes: readonly Change[] }
  /** News may be missing: ask for everything that is seen again. */
  | { readonly kind: 'reset' };

interface Followed {
  readonly following: Following;
  readonly effects: readonly FollowEffect[];
}

export const silenceMs = 30_000;
const longestDelayMs = 60_000;

export function beginFollowing(
  { hasLocks, isVisible }: { readonly hasLocks: boolean; readonly isVisible: boolean },
  now: number,
): Followed {
  const following: Following = {
    ...{ role: hasLocks ? 'follower' : 'alone', stream: 'none', connectAt: null, receivedAt: now, lastId: null },
    ...{ retryMs: 2000, tries: 0, isVisible, silentSince: null },
  };
  if (hasLocks) return { following, effects: [{ kind: 'queue' }] };
  return isVisible ? connected(following) : { following, effects: [] };
}

export function reduceFollowing(following: Following, input: FollowInput): Followed {
  switch (input.kind) {
    case 'granted':
      return connected({ ...following, role: 'leader', receivedAt: input.now, tries: 0 });
    case 'robbed':
      return {
        following: { ...following, role: 'follower', stream: 'none', connectAt: null, receivedAt: input.now },
        effects: [{ kind: 'disconnect' }, { kind: 'queue' }],
      };
    case 'read': {
      if (following.stream === 'none') return { following, effects: [] };
      const { following: next, effects } = received(following, input.word, input.now);
      const retryMs = input.retryMs ?? following.retryMs;
      const tell: readonly FollowEffect[] =
        following.role === 'leader' ? [{ kind: 'send-on', word: { ...input.word, id: next.lastId } }] : [];
      return { following: { ...next, retryMs, tries: 0 }, effects: [...tell, ...effects] };
    }
    case 'broadcast':
      return following.role === 'follower' ? received(following, input.word, input.now) : { following, effects: [] };
    case 'ended':
      return ended(following, input);
    case 'passed':
      return passed(following, input.now);
    case 'visible':
      return seen({ ...following, isVisible: input.isVisible }, input.now);
  }
}

/** When to look again, in milliseconds; null: never. */
export function nextFollowLook({
  connectAt,
  receivedAt,
  silentSince,
  role,
  stream,
  isVisible,
}: Following): number | null {
  if (role === 'alone' && !isVisible) return null;
  const silence =
    silentSince === null || (role === 'follower' && isVisible) || stream === 'open' ? receivedAt + silenceMs : null;
  const instants = [connectAt, silence].filter((each) => each !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}

function received(following: Following, { id, changes, isReset }: Broadcast, now: number): Followed {
  const effects: FollowEffect[] = [];
  if (isReset) effects.push({ kind: 'reset' });
  if (changes.length > 0) effects.push({ kind: 'changed', changes });
  return { following: { ...following, receivedAt: now, silentSince: null, lastId: id ?? following.lastId }, effects };
}

function ended(following: Following, input: Extract<FollowInput, { kind: 'ended' }>): Followed {
  if (following.stream === 'none') return { following, effects: [] };
  const { orderly, retryAfterSeconds, now, chance } = input;
  // a stream that ends with its token begins again at its usual pace
  const tries = orderly ? 0 : following.tries + 1;
  const doubled = Math.min(
    Math.max(longestDelayMs, following.retryMs),
    following.retryMs * 2 ** Math.max(0, tries - 1),
  );
  const delay = Math.max(doubled * (0.75 + chance / 4), (retryAfterSeconds ?? 0) * 1000);
  return { following: { ...following, stream: 'none', tries, connectAt: now + Math.round(delay) }, effects: [] };
}

function passed(following: Following, now: number): Followed {
  const effects: FollowEffect[] = [];
  let next = following;
  if (now - next.receivedAt >= silenceMs && !(next.role === 'alone' && !next.isVisible)) {
    if (next.silentSince === null) {
      effects.push({ kind: 'reset' });
      next = { ...next, silentSince: next.receivedAt };
    }
    if (next.role === 'follower' && next.isVisible) {
      effects.push({ kind: 'steal' });
      next = { ...next, receivedAt: now };
    } else if (next.stream === 'open') {
      // the line is dead, although nobody has said so
      effects.push({ kind: 'disconnect' });
      next = { ...next, stream: 'none', receivedAt: now, connectAt: now };
    }
  }
  if (next.connectAt === null || next.connectAt > now) return { following: next, effects };
  const again = connected(next);
  return { following: again.following, effects: [...effects, ...again.effects] };
}

function seen(following: Following, now: number): Followed {
  if (following.role !== 'alone') return passed(following, now);
  if (following.isVisible)
    return following.stream === 'open' ? { following, effects: [] } : connected({ ...following, receivedAt: now });
  const next: Following = { ...following, stream: 'none', connectAt: null };
  return { following: next, effects: [{ kind: 'disconnect' }] };
}

function connected(following: Following): Followed {
  return {
    following: { ...following, stream: 'open', connectAt: null },
    effects: [{ kind: 'connect', lastId: following.lastId }],
  };
}
