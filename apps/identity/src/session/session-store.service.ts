import { Inject, Injectable } from '@nestjs/common';
import type { InstantText, PersonId } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { UnitOfWork, type Scope, type Tx } from '#persistence';
import { DEPLOYMENT, type DeploymentConfig } from '#service';
import type { HeldTokens, SessionSecret } from './cookie/session-secret.ts';
import {
  abandonRenewal,
  beginRenewal,
  endSession,
  finishRenewal,
  lockSession,
  openSession,
  sweepSessions,
  useSession,
} from './session.rows.ts';
import { endOfRenewal, endOfSession, idleAfterUse, isShared } from './session-times.ts';

export interface HeldSession {
  readonly personId: PersonId;
  readonly tokens: HeldTokens;
  readonly idleAt: InstantText;
  readonly endsAt: InstantText;
}

/** `to renew`: by this caller, and for a while by nobody else. `ended`: by time; the row is gone. */
export type TakenSession =
  | { readonly kind: 'none' | 'being renewed' }
  | { readonly kind: 'ended'; readonly tokens: HeldTokens }
  | { readonly kind: 'shared' | 'to renew'; readonly session: HeldSession };

const everySession: Scope = { kind: 'system', key: '' };

/**
 * The rows of sessions. Two renewals with one refresh token would end the session at an issuer that rotates them, so the
 * row's lock decides who renews. It is not held while the issuer is asked: an open transaction stalls every relay of the
 * server (traps.md 34), and the embedded issuer needs a connection of the same pool (traps.md 46). So the winner marks the
 * row for 20 seconds.
 */
@Injectable()
export class SessionStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  /** Also removes sessions that have ended: their tokens cannot be read without their cookies. */
  async open(secret: SessionSecret, personId: PersonId, tokens: HeldTokens): Promise<void> {
    const now = this.clock.now();
    const endsAt = endOfSession(now);
    await this.inTransaction(async (tx) => {
      await tx.query(sweepSessions, [now]);
      const values = [secret.idHash, personId, secret.seal(tokens), now, this.idleAfter(now, endsAt), endsAt] as const;
      await tx.query(openSession, [...values]);
    });
  }

  /** `used`: the session becomes idle later. `expiryOf` reads when an access token expires. */
  take(
    secret: SessionSecret,
    { used, expiryOf }: { readonly used: boolean; readonly expiryOf: (accessToken: string) => InstantText },
  ): Promise<TakenSession> {
    const now = this.clock.now();
    return this.inTransaction(async (tx) => {
      const [row] = await tx.query(lockSession, [secret.idHash]);
      if (row === undefined) return { kind: 'none' };
      const tokens = secret.open(row.sealed);
      if (row.idle_at <= now) {
        await tx.query(endSession, [secret.idHash]);
        return { kind: 'ended', tokens };
      }
      const { person_id: personId, ends_at: endsAt } = row;
      const idleAt = used ? this.idleAfter(now, endsAt) : row.idle_at;
      const session = { personId, tokens, idleAt, endsAt };
      if (isShared({ renewedAt: row.renewed_at, expiresAt: expiryOf(tokens.accessToken) }, now)) {
        await tx.query(useSession, [secret.idHash, idleAt]);
        return { kind: 'shared', session };
      }
      if (row.renewing_until !== null && row.renewing_until > now) return { kind: 'being renewed' };
      await tx.query(beginRenewal, [secret.idHash, endOfRenewal(now)]);
      return { kind: 'to renew', session };
    });
  }

  /** Undefined if the session ended meanwhile. */
  async finishRenewal(
    secret: SessionSecret,
    session: HeldSession,
    tokens: HeldTokens,
  ): Promise<HeldSession | undefined> {
    const now = this.clock.now();
    const [kept] = await this.inTransaction((tx) =>
      tx.query(finishRenewal, [secret.idHash, secret.seal(tokens), now, session.idleAt]),
    );
    return kept && { ...session, tokens };
  }

  /** The issuer did not answer: the next caller may try. */
  async abandonRenewal(secret: SessionSecret): Promise<void> {
    await this.inTransaction((tx) => tx.query(abandonRenewal, [secret.idHash]));
  }

  /** Returns the tokens that the session held; undefined if there is none. */
  async end(secret: SessionSecret): Promise<HeldTokens | undefined> {
    const [row] = await this.inTransaction((tx) => tx.query(endSession, [secret.idHash]));
    return row && secret.open(row.sealed);
  }

  private idleAfter(now: InstantText, endsAt: InstantText): InstantText {
    return idleAfterUse(now, endsAt, this.deployment.demo);
  }

  private inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(everySession, work);
  }
}
