import type { SessionTokenView } from '#contracts';
import type { Problem } from '../http/answer.ts';
import { resultOf, type Result } from '../http/answer.ts';
import type { Credentials, Token } from '../door.ts';
import type { Outside } from '../outside.ts';
import { requestOf } from '../http/request.ts';
import type { Route } from '../http/route.ts';
import { send } from '../http/wire.ts';
import { routes } from '../routes.ts';
import type { Seat } from './seat.ts';
import {
  isWorn,
  mustTellWork,
  nextLook,
  reduceSession,
  secondsToLock,
  type Grant,
  type Session,
  type SessionInput,
} from './session.ts';
import type { Tabs } from './tabs.ts';

export interface SessionParts {
  readonly outside: Outside;
  readonly seat: Seat;
  readonly tabs: Tabs;
  readonly language: () => string;
  /** How far the server's clock is ahead, in milliseconds. */
  readonly serverAhead: () => number;
}

/** The session of one tab. Token and draft key are in memory only, and leave it when the page locks. */
export interface SessionKeeper extends Credentials {
  readonly state: () => Session;
  /** Called after each change, also each second while the page counts down. */
  readonly subscribe: (changed: () => void) => () => void;
  /** Asks whether there is a session. Call it once at the start, and after a lock when the person returns. */
  readonly start: () => Promise<void>;
  /** A key or a pointer was used. */
  readonly touched: () => void;
  readonly secondsToLock: () => number | null;
  /**
   * The key of what this person keeps in this browser, not to be read out by any script; null without a session or
   * without a secure context.
   */
  readonly draftKey: () => CryptoKey | null;
  /** Runs before the page locks or the person leaves, while calls are still possible. */
  readonly beforeLock: (work: () => Promise<void>) => void;
  readonly leave: () => Promise<void>;
}

const touchesSentEveryMs = 5000;
/** The page must lock even if the network hangs. */
const longestLastWorkMs = 3000;

export function keepSession(parts: SessionParts): SessionKeeper {
  const { outside, tabs } = parts;
  const listeners = new Set<() => void>();
  const lastWork = new Set<() => Promise<void>>();
  let session: Session = { phase: 'starting' };
  let key: CryptoKey | null = null;
  let renewing: Promise<Token> | undefined;
  let stopLook = (): void => undefined;
  let touchSentAt = -Infinity;

  const take = (input: SessionInput): void => {
    const before = session;
    session = reduceSession(session, input);
    if (session.phase !== 'open') key = null;
    look();
    if (session !== before || input.kind === 'passed') for (const changed of listeners) changed();
  };
  const look = (): void => {
    stopLook();
    const now = outside.now();
    const at = nextLook(session, now);
    stopLook = at === null ? () => undefined : outside.later(Math.max(0, at - now), () => void passed());
  };
  const passed = async (): Promise<void> => {
    const now = outside.now();
    if (secondsToLock(session, now) === 0) await finish();
    take({ kind: 'passed', now: outside.now() });
  };
  const finish = async (): Promise<void> => {
    const all = Promise.allSettled([...lastWork].map((work) => work()));
    await Promise.race([all, new Promise<void>((enough) => void outside.later(longestLastWorkMs, enough))]);
  };

  /** A new token; `stale`: the one that it replaces, so that a token which another tab has just got is used instead. */
  const renew = (stale: string | null, touched: boolean): Promise<Token> => {
    renewing ??= tabs
      .alone(async () => {
        const other = session.phase === 'open' ? session.grant : undefined;
        if (stale !== null && other !== undefined && other.token !== stale) return other.token;
        return asked(touched);
      })
      .finally(() => (renewing = undefined));
    return renewing;
  };
  const asked = async (used: boolean): Promise<Token> => {
    const result = await exchange(parts, routes.sessionToken, { used });
    if (!result.ok) {
      // without a network the session may still be there
      if (!isRefusal(result)) return result;
      if (session.phase === 'open') tabs.tell({ kind: 'ended' });
      take({ kind: 'refused' });
      return null;
    }
    key = await imported(result.value.draftKey);
    const grant = grantOf(result.value, outside.now(), parts.serverAhead());
    take({ kind: 'granted', grant, touched: used });
    tabs.tell({ kind: 'granted', grant });
    return session.phase === 'open' ? grant.token : null;
  };

  tabs.listen((word) => {
    if (session.phase !== 'open') return;
    if (word.kind === 'granted') take({ ...word, touched: false });
    if (word.kind === 'touched') take(word);
    if (word.kind === 'ended') take({ kind: 'refused' });
    if (word.kind === 'left') void finish().then(() => take(word));
  });

  return {
    state: () => session,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    start: async () => {
      await renew(null, true);
    },
    token: async () => {
      if (session.phase !== 'open') return null;
      return isWorn(session.grant, outside.now()) ? renew(session.grant.token, false) : session.grant.token;
    },
    replace: (refused) => renew(refused, false),
    touched: () => {
      const at = outside.now();
      take({ kind: 'touched', at });
      if (at - touchSentAt >= touchesSentEveryMs) {
        touchSentAt = at;
        tabs.tell({ kind: 'touched', at });
      }
      if (mustTellWork(session, at)) void renew(null, true);
    },
    secondsToLock: () => secondsToLock(session, outside.now()),
    draftKey: () => key,
    beforeLock: (work) => void lastWork.add(work),
    leave: async () => {
      await finish();
      await exchange(parts, routes.endSession, {});
      take({ kind: 'left' });
      tabs.tell({ kind: 'left' });
    },
  };
}

function isRefusal({ code }: Problem): boolean {
  return code === 'unauthenticated' || code === 'not-found' || code === 'role';
}

/** The routes of the session take its cookie, and a header that no form of another site can send. */
async function exchange(parts: SessionParts, route: Route, body: object): Promise<Result<SessionTokenView>> {
  const caller = { token: null, language: parts.language(), correlationId: parts.outside.newId() };
  const request = requestOf(route, { params: { seat: String(parts.seat) }, body }, caller);
  const headers = { ...request.headers, 'x-session': String(parts.seat) };
  const received = await send(parts.outside, { ...request, headers }, { mostMs: 15_000, cookie: true });
  if (!received.ok) return received;
  const { response, read, end } = received;
  const text = await read((whole) => whole.text());
  end();
  if (typeof text !== 'string') return text;
  const header = (name: string): string | null => response.headers.get(name);
  return resultOf<SessionTokenView>({ status: response.status, header, text }, caller.correlationId);
}

function grantOf(answer: SessionTokenView, now: number, serverAhead: number): Grant {
  const here = (instant: string): number => Date.parse(instant) - serverAhead;
  return {
    token: answer.access_token,
    subject: subjectIn(answer.access_token),
    expiresAt: now + answer.expires_in * 1000,
    idleAt: answer.idleAt === null ? null : here(answer.idleAt),
    endsAt: here(answer.endsAt),
    at: now,
  };
}

/** Whom a token is for. It is not verified here: that is for the API; here it only shows that the person has changed. */
function subjectIn(token: string): string {
  try {
    const { sub } = JSON.parse(atob(plainBase64(token.split('.')[1] ?? ''))) as { readonly sub?: unknown };
    return typeof sub === 'string' ? sub : '';
  } catch {
    return '';
  }
}

function plainBase64(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/');
}

/** A key that encrypts and decrypts, and that no script can read out. `text`: 32 bytes in base64url. */
async function imported(text: string): Promise<CryptoKey | null> {
  const { subtle } = crypto as Partial<Crypto>;
  if (subtle === undefined) return null;
  const bytes = Uint8Array.from(atob(plainBase64(text)), (each) => each.charCodeAt(0));
  return subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
