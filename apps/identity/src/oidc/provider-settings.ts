import type { Adapter, Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { JWK } from 'jose';
import { tokenScopes, type Language } from '#contracts';
import type { Clock } from '#events';
import { accessTokenClaims, tokenAudience, tokenLifetimeSeconds, type TokenSubject } from '../issuer/access-token.ts';
import { errors, interactionPolicy } from '../issuer/oidc-library.ts';
import { signingAlgorithm } from '../issuer/signing-key.ts';
import type { TokenSubjects } from '../issuer/token-subjects.service.ts';
import { sessionClientId } from '../relying-party/session-client.service.ts';
import { pageLanguage } from '../sign-in/page-language.ts';
import { faultPage, signedOutPage, signOutPage } from '../sign-in/pages.ts';

export interface ProviderParts {
  /** Its address: the `iss` of every token. Without a trailing slash. */
  readonly issuer: string;
  /** The first one signs. */
  readonly keys: readonly [JWK, ...JWK[]];
  readonly cookieKeys: readonly string[];
  readonly adapter: (kind: string) => Adapter;
  readonly subjects: TokenSubjects;
  readonly clock: Clock;
}

/** The resource that every access token is for (RFC 8707), requested or not. */
const platformResource = 'urn:platform';

/** The length of a shift: then people sign in again, whatever happened meanwhile. */
const sessionSeconds = 8 * 60 * 60;
const signInSeconds = 10 * 60;
const codeSeconds = 60;

/** The settings of oidc-provider: features that are not named here are off. */
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
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => asPage(ctx, signOutPage(languageOf(ctx), form)),
        postLogoutSuccessSource: (ctx) => asPage(ctx, signedOutPage(languageOf(ctx))),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => platformResource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== platformResource) throw new errors.InvalidTarget();
          return {
            audience: tokenAudience,
            // of programs; a person's scopes are in their row and are not requested
            scope: tokenScopes.join(' '),
            accessTokenFormat: 'jwt',
            accessTokenTTL: tokenLifetimeSeconds,
            jwt: { sign: { alg: signingAlgorithm, kid: parts.keys[0].kid } },
          };
        },
      },
    },
    formats: { customizers: { jwt: (ctx, token, jwt) => asOurToken(parts, { ctx, token, jwt }) } },
    scopes: ['openid', ...tokenScopes],
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
    // a seat stays signed in when another one signs in: our sessions end by their own end, and by revocation
    expiresWithSession: (_ctx, token) => token.clientId !== sessionClientId,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    renderError: (ctx, out) => asPage(ctx, faultPage(languageOf(ctx), { ...out })),
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

/** Only sign-in is ever requested: people use only the platform's own application. */
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

/**
 * What an application may do in a person's name: created at the first request and kept with the issuer's session; for
 * our sessions one for each sign-in, because revoking a token revokes its grant.
 */
async function grantOf({ oidc }: KoaContextWithOIDC): Promise<InstanceType<Provider['Grant']> | undefined> {
  const { provider, session, client } = oidc;
  if (session?.accountId === undefined || client === undefined) return undefined;
  // about to sign in again, perhaps as somebody else
  if (oidc.prompts.has('login') && oidc.result === undefined) return undefined;
  const kept = client.clientId === sessionClientId ? undefined : session.grantIdFor(client.clientId);
  const found = kept === undefined ? undefined : await provider.Grant.find(kept);
  // meanwhile signed in as another person
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

/** The claims that all services read replace the provider's own. */
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

/** Of a page that answers a request of the protocol. */
export function languageOf(ctx: KoaContextWithOIDC): Language {
  // none if the path does not belong to the protocol
  const oidc = ctx.oidc as KoaContextWithOIDC['oidc'] | undefined;
  return pageLanguage({
    uiLocales: oidc?.params?.['ui_locales'],
    acceptLanguage: ctx.headers['accept-language'],
  });
}

function asPage(ctx: KoaContextWithOIDC, html: string): void {
  ctx.type = 'html';
  ctx.body = html;
}
