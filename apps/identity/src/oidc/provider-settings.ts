import type { Adapter, Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { JWK } from 'jose';
import type { Clock } from '#events';
import { accessTokenClaims, tokenAudience, tokenLifetimeSeconds, type TokenSubject } from '../issuer/access-token.ts';
import { errors, interactionPolicy } from '../issuer/oidc-library.ts';
import { signingAlgorithm } from '../issuer/signing-key.ts';
import type { TokenSubjects } from '../issuer/token-subjects.service.ts';
import { faultPage, signedOutPage, signOutPage } from '../sign-in/pages.ts';

export interface ProviderParts {
  /** Its address: the `iss` of every token. No slash at the end. */
  readonly issuer: string;
  /** The one that signs first. */
  readonly keys: readonly [JWK, ...JWK[]];
  readonly cookieKeys: readonly string[];
  readonly adapter: (kind: string) => Adapter;
  readonly subjects: TokenSubjects;
  readonly clock: Clock;
}

/** The resource that every access token is for (RFC 8707), asked for or not. */
export const platformResource = 'urn:platform';

/** What a program may be allowed beside its role; a person's scopes stand in their row and are not asked for. */
const programScopes = ['candidates:read', 'contact:read', 'log:read', 'network'];

/** A shift: then one signs in anew, whatever happened in between. */
const sessionSeconds = 8 * 60 * 60;
const signInSeconds = 10 * 60;
const codeSeconds = 60;

/** oidc-provider as this house wants it: what is not named here is off. */
export function providerSettings(parts: ProviderParts): Configuration {
  const { subjects, issuer } = parts;
  return {
    adapter: parts.adapter,
    jwks: { keys: [...parts.keys] as NonNullable<Configuration['jwks']>['keys'] },
    routes: {
      authorization: '/oidc/auth',
      token: '/oidc/token',
      revocation: '/oidc/token/revocation',
      jwks: '/oidc/jwks',
      end_session: '/oidc/session/end',
    },
    cookies: {
      keys: [...parts.cookieKeys],
      long: { signed: true, httpOnly: true, sameSite: 'lax', path: '/oidc' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => asPage(ctx, signOutPage(form)),
        postLogoutSuccessSource: (ctx) => asPage(ctx, signedOutPage),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => platformResource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== platformResource) throw new errors.InvalidTarget();
          return {
            audience: tokenAudience,
            scope: programScopes.join(' '),
            accessTokenFormat: 'jwt',
            accessTokenTTL: tokenLifetimeSeconds,
            jwt: { sign: { alg: signingAlgorithm, kid: parts.keys[0].kid } },
          };
        },
      },
    },
    formats: { customizers: { jwt: (ctx, token, jwt) => asOurToken(parts, { ctx, token, jwt }) } },
    scopes: ['openid', ...programScopes],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
    enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin) => origin === new URL(issuer).origin,
    interactions: { policy: signInPolicy(), url: (_ctx, interaction) => `/oidc/sign-in/${interaction.uid}` },
    findAccount: async (_ctx, personId) => {
      const person = await subjects.ofPerson(personId);
      return person && { accountId: personId, claims: () => ({ sub: personId }) };
    },
    loadExistingGrant: grantOf,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    renderError: (ctx, out) => asPage(ctx, faultPage({ ...out })),
    ttl: {
      AccessToken: tokenLifetimeSeconds,
      ClientCredentials: tokenLifetimeSeconds,
      IdToken: tokenLifetimeSeconds,
      AuthorizationCode: codeSeconds,
      Interaction: signInSeconds,
      Grant: sessionSeconds,
      Session: (_ctx, { loginTs }) => sessionSeconds - sinceSignIn(loginTs, parts.clock),
      RefreshToken: ({ oidc }) => oidc.entities.RotatedRefreshToken?.remainingTTL ?? sessionSeconds,
    },
  };
}

/** Sign-in alone is ever asked for: the one application that people use is the platform's own. */
function signInPolicy(): ReturnType<typeof interactionPolicy.base> {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check(
        'account_gone',
        'the person of this session may no longer sign in here',
        'login_required',
        ({ oidc }) => oidc.session?.accountId !== undefined && oidc.account === undefined,
      ),
    );
  return policy;
}

/** What the web application may do in a person's name, made at their first request and kept with the session. */
async function grantOf({ oidc }: KoaContextWithOIDC): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { provider, session, client } = oidc;
  if (session?.accountId === undefined || client === undefined) return undefined;
  const kept = session.grantIdFor(client.clientId);
  const found = kept === undefined ? undefined : await provider.Grant.find(kept);
  // signed in as somebody else since
  if (found?.accountId === session.accountId) return found;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}

type JwtCustomizer = NonNullable<NonNullable<NonNullable<Configuration['formats']>['customizers']>['jwt']>;

interface TokenInHand {
  readonly ctx: Parameters<JwtCustomizer>[0];
  readonly token: Parameters<JwtCustomizer>[1];
  readonly jwt: Parameters<JwtCustomizer>[2];
}

/** The provider's own claims give way to those that every service of the house reads. */
async function asOurToken({ subjects, issuer, clock }: ProviderParts, inHand: TokenInHand): Promise<void> {
  const subject = await subjectOfToken(subjects, inHand);
  if (subject === undefined) throw new errors.InvalidGrant('whom the token speaks of is not known here');
  inHand.jwt.header = { typ: 'JWT' };
  inHand.jwt.payload = accessTokenClaims(subject, { issuer, now: clock.now() });
}

async function subjectOfToken(subjects: TokenSubjects, { ctx, token }: TokenInHand): Promise<TokenSubject | undefined> {
  if (token.kind === 'AccessToken') return subjects.ofPerson(token.accountId);
  const program = await subjects.ofClient(token.clientId ?? '');
  const asked = ctx.oidc.params?.['scope'];
  if (program === undefined || asked === undefined) return program;
  return { ...program, scopes: program.scopes.filter((each) => token.scopes.has(each)) };
}

function sinceSignIn(loginTs: number | undefined, clock: Clock): number {
  if (loginTs === undefined) return 0;
  const seconds = Math.floor(Date.parse(clock.now()) / 1000) - loginTs;
  return Math.min(Math.max(seconds, 0), sessionSeconds - 1);
}

function asPage(ctx: KoaContextWithOIDC, html: string): void {
  ctx.type = 'html';
  ctx.body = html;
}
