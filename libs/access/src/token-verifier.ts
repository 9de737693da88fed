import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { roles, type InstantText, type Role } from '#contracts';
import type { Actor } from './actor.ts';
import { IssuerUnavailable, SignInRequired } from './faults.ts';

export interface TokenVerifierOptions {
  /**
   * The issuer's address, without a trailing slash: the `iss` of its tokens. A function, because a port may not be known
   * before the server listens.
   */
  readonly issuerUrl: () => string;
  /** Where its keys are, if its own address cannot be reached from here; by default its discovery document says so. */
  readonly keysUrl?: () => string;
  readonly clock: { now(): InstantText };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const answerWithinMs = 5000;

/**
 * Verifies tokens of the issuer (contract.md §6.3): ES256, audience `platform`, not expired by our clock. It finds the
 * issuer's key set through the discovery document at the first token, keeps it, and fetches it again when a token names
 * an unknown key. It caches no token.
 */
export class TokenVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly options: TokenVerifierOptions) {}

  /**
   * Throws {@link SignInRequired} for an invalid token, and {@link IssuerUnavailable} if the token cannot be verified
   * now.
   */
  async verify(token: string): Promise<Actor> {
    const keys = await this.keySet();
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['ES256'],
        audience: 'platform',
        issuer: this.options.issuerUrl(),
        currentDate: new Date(this.options.clock.now()),
        requiredClaims: ['sub', 'exp'],
      });
      return actorOf(payload);
    } catch (error) {
      throw isTokenFault(error) ? new SignInRequired() : new IssuerUnavailable({ cause: error });
    }
  }

  private async keySet(): Promise<JWTVerifyGetKey> {
    const { issuerUrl, keysUrl } = this.options;
    this.keys ??= keysUrl === undefined ? discover(issuerUrl()) : Promise.resolve(keySetAt(keysUrl()));
    try {
      return await this.keys;
    } catch (error) {
      this.keys = undefined;
      throw new IssuerUnavailable({ cause: error });
    }
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(answerWithinMs),
  });
  if (!answer.ok) {
    // an unread body would keep its connection open
    await answer.body?.cancel();
    throw new Error(`the issuer's discovery document answers ${answer.status}`);
  }
  const { jwks_uri: address } = (await answer.json()) as { jwks_uri: string };
  return keySetAt(address);
}

function keySetAt(address: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(address), { timeoutDuration: answerWithinMs, cooldownDuration: 5000 });
}

function actorOf(payload: JWTPayload): Actor {
  const { sub, org, net, scope } = payload;
  const held = payload['roles'];
  if (!isId(sub) || !isId(org) || !isId(net) || !isRoles(held)) throw new SignInRequired();
  return {
    personId: sub,
    organizationId: org,
    networkId: net,
    roles: held,
    scopes: typeof scope === 'string' ? scope.split(' ').filter((each) => each !== '') : [],
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

function isRoles(value: unknown): value is readonly Role[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((each) => (roles as readonly unknown[]).includes(each))
  );
}

/** jose's errors about the token are the caller's fault; its errors about fetching keys are not. */
function isTokenFault(error: unknown): boolean {
  if (error instanceof SignInRequired) return true;
  if (!(error instanceof errors.JOSEError)) return false;
  return !(
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}
