import type { Actor } from './actor.ts';
import { hasRole } from './actor.ts';
import { RoleNotAllowed, SignInRequired } from './faults.ts';
import type { RouteAccess } from './routes.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** Returns what is still valid of a token; undefined if nothing is. */
export type Holding = (actor: Actor) => Promise<Actor | undefined>;

/** The caller as the token names them, and the part of the token that is still valid. */
export interface Admitted {
  readonly said: Actor;
  readonly actor: Actor;
}

/**
 * The guard of every route, with the first two checks of contract.md §1: 401, then 403, before a byte of the body is
 * read. Returns the actor; undefined on a public route. Throws {@link SignInRequired} and {@link RoleNotAllowed}, and
 * `IssuerUnavailable` if the token cannot be verified. A caller without any remaining role may do nothing.
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
