import type { Actor } from './actor.ts';
import { hasRole } from './actor.ts';
import { RoleNotAllowed, SignInRequired } from './faults.ts';
import type { RouteAccess } from './routes.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** Says what still holds of a token: undefined where nothing does. */
export type Holding = (actor: Actor) => Promise<Actor | undefined>;

/** Who came in: as the token says, and as far as it still holds. */
export interface Admitted {
  readonly said: Actor;
  readonly actor: Actor;
}

/**
 * The guard of every route, the first two checks of contract.md §1: 401, then 403, before a byte of the body is read.
 * Returns the actor, undefined on a public route. Throws {@link SignInRequired} and {@link RoleNotAllowed}, and
 * `IssuerUnavailable` when a token cannot be judged. Whoever has no role left may do nothing.
 */
export async function admit(
  verifier: TokenVerifier,
  holding: Holding,
  access: RouteAccess,
  authorization: string | undefined,
): Promise<Admitted | undefined> {
  if (access === 'public') return undefined;
  const token = /^Bearer ([\w~+/.-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new SignInRequired();
  const said = await verifier.verify(token);
  const actor = await holding(said);
  if (actor === undefined) throw new SignInRequired();
  if (!(access === 'signed-in' ? actor.roles.length > 0 : hasRole(actor, ...access))) {
    throw new RoleNotAllowed(actor.personId);
  }
  return { said, actor };
}
