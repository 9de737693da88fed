/** What one answer of `POST /api/identity/sessions/:seat/token` allows. Instants in milliseconds of this computer's clock. */
export interface Grant {
  readonly token: string;
  /** Whom it is for. */
  readonly subject: string;
  readonly expiresAt: number;
  /** When the server ends the session if nothing comes until then; null where sessions do not idle out. */
  readonly idleAt: number | null;
  /** When it ends whatever happens. */
  readonly endsAt: number | null;
  /** When the answer came. */
  readonly at: number;
}

/**
 * `idle`: nobody touched the page. `ended`: the server no longer knows the session. `left`: the person signed out.
 * `replaced`: somebody else signed in at this seat.
 */
export type LockedBecause = 'idle' | 'ended' | 'left' | 'replaced';

/**
 * `starting`: not known yet. `signed-out`: there is no session. `open`: somebody works. `locked`: somebody worked here
 * and must sign in again; nothing of theirs is shown.
 */
export type Session =
  | { readonly phase: 'starting' }
  | { readonly phase: 'signed-out' }
  | { readonly phase: 'open'; readonly grant: Grant; readonly touchedAt: number; readonly idleMs: number | null }
  | { readonly phase: 'locked'; readonly because: LockedBecause };

export type SessionInput =
  | { readonly kind: 'granted'; readonly grant: Grant; readonly touched: boolean }
  /** The server refused a new token. */
  | { readonly kind: 'refused' }
  /** A key or a pointer was used, here or in another tab. */
  | { readonly kind: 'touched'; readonly at: number }
  | { readonly kind: 'left' }
  | { readonly kind: 'passed'; readonly now: number };

export function reduceSession(session: Session, input: SessionInput): Session {
  switch (input.kind) {
    case 'granted':
      return opened(session, input);
    case 'refused':
      return session.phase === 'open' ? locked('ended') : afterRefusal(session);
    case 'touched':
      return session.phase === 'open' && input.at > session.touchedAt ? { ...session, touchedAt: input.at } : session;
    case 'left':
      return session.phase === 'open' ? locked('left') : session;
    case 'passed':
      return session.phase === 'open' && lockAt(session) <= input.now
        ? locked((session.grant.endsAt ?? Infinity) <= input.now ? 'ended' : 'idle')
        : session;
  }
}

/** `idleMs` is the longest that the server ever gave: a renewal need not move the end of the idle time. */
function opened(session: Session, { grant, touched }: Extract<SessionInput, { kind: 'granted' }>): Session {
  if (session.phase === 'open' && session.grant.subject !== grant.subject) return locked('replaced');
  const before = session.phase === 'open' ? session : { touchedAt: grant.at, idleMs: null };
  return {
    phase: 'open',
    grant,
    touchedAt: touched ? grant.at : before.touchedAt,
    idleMs: grant.idleAt === null ? null : Math.max(before.idleMs ?? 0, grant.idleAt - grant.at),
  };
}

function locked(because: LockedBecause): Session {
  return { phase: 'locked', because };
}

function afterRefusal(session: Session): Session {
  return session.phase === 'starting' ? { phase: 'signed-out' } : session;
}

type Open = Extract<Session, { readonly phase: 'open' }>;

/**
 * When this page locks. Renewals that nobody asked for (the live stream needs a token every 15 minutes) do not count as
 * work, so the idle time is counted from the last key or pointer.
 */
function lockAt({ grant, touchedAt, idleMs }: Open): number {
  return Math.min(idleMs === null ? Infinity : touchedAt + idleMs, grant.endsAt ?? Infinity);
}

const warnMs = 60_000;

/** Whole seconds until this page locks, once there are 60 or fewer; null before that. */
export function secondsToLock(session: Session, now: number): number | null {
  if (session.phase !== 'open') return null;
  const left = lockAt(session) - now;
  return left > warnMs ? null : Math.max(0, Math.ceil(left / 1000));
}

const earlyMs = 30_000;

/** Whether the token must be renewed before it is used. */
export function isWorn({ expiresAt }: Grant, now: number): boolean {
  return now >= expiresAt - earlyMs;
}

/**
 * Whether the server must learn that somebody works: a key or a pointer was used after its last answer, and by that
 * answer half of the idle time, or all but its last minute, is over.
 */
export function mustTellWork(session: Session, now: number): boolean {
  if (session.phase !== 'open') return false;
  const { grant, touchedAt, idleMs } = session;
  if (idleMs === null || grant.idleAt === null || touchedAt <= grant.at) return false;
  return grant.idleAt - now <= Math.max(idleMs / 2, warnMs);
}

/** When to look at the session again, in milliseconds of this computer's clock; null: never. */
export function nextLook(session: Session, now: number): number | null {
  if (session.phase !== 'open') return null;
  const end = lockAt(session);
  if (end === Infinity) return null;
  const left = end - now;
  return left > warnMs ? end - warnMs : end - 1000 * Math.max(0, Math.ceil(left / 1000) - 1);
}
