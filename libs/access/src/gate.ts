import type { Actor } from './actor.ts';
import { hasRole } from './actor.ts';
import { RoleNotAllowed, SignInRequired } from './faults.ts';
import type { RouteAccess } from './routes.ts';
import type { TokenVerifier } from './token-verifier.ts';

/**
 * The guard of every route, the first two checks of contract.md §1: 401, then 403, before a byte of the body is read.
 * Returns the actor, undefined on a public route. Throws {@link SignInRequired} and {@link RoleNotAllowed}, and
 * `IssuerUnavailable` when a token cannot be judged.
 */
export async function admit(
  verifier: TokenVerifier,
  access: RouteAccess,
  authorization: string | undefined,
): Promise<Actor | undefined> {
  if (access === 'public') return undefined;
  const token = /^Bearer ([\w~+/.-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new SignInRequired();
  const actor = await verifier.verify(token);
  if (access !== 'signed-in' && !hasRole(actor, ...access)) throw new RoleNotAllowed();
  return actor;
}
