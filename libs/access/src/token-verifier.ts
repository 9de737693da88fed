import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { roles, type InstantText, type Role } from '#contracts';
import type { Actor } from './actor.ts';
import { IssuerUnavailable, SignInRequired } from './faults.ts';

export interface TokenVerifierOptions {
  /** The issuer's address, without a slash at the end: the `iss` of its tokens. Asked late, since one port is not known before it listens. */
  readonly issuerUrl: () => string;
  /** Where its keys are, where its own address need not be reachable from here; else its discovery document says so. */
  readonly keysUrl?: () => string;
  readonly clock: { now(): InstantText };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const answerWithinMs = 5000;

/**
 * Verifies tokens of the issuer (contract.md §6.3): ES256, audience `platform`, not outlived by our clock. The issuer's
 * key set is found through its discovery document at the first token, kept, and asked again when a token names a key
 * that is not in it. Nothing of a token is remembered.
 */
export class TokenVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly options: TokenVerifierOptions) {}

  /** Throws {@link SignInRequired} for a token that does not hold, {@link IssuerUnavailable} when that cannot be told. */
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
    // What nobody reads would hold its connection.
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

/** jose says of the token itself what is wrong with it; what it says of fetching keys is no fault of the caller. */
function isTokenFault(error: unknown): boolean {
  if (error instanceof SignInRequired) return true;
  if (!(error instanceof errors.JOSEError)) return false;
  return !(
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}
