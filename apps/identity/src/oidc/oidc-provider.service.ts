import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { InteractionResults, KoaContextWithOIDC, Provider as ProviderType } from 'oidc-provider';
import { DEPLOYMENT, LOG, NotFound, safeError, type DeploymentConfig, type Log } from '#service';
import { errors, Provider } from '../issuer/oidc-library.ts';
import { signedOutPage } from '../sign-in/pages.ts';
import { sessionClientId } from '../relying-party/session-client.service.ts';
import { languageOf } from './provider-settings.ts';
import { ProviderSettings } from './provider-settings.service.ts';

/** A node:http request and its response: what the provider reads and writes. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What the application asked for at the beginning of a sign-in; every value is somebody's text. */
export interface SignInParams {
  readonly client_id?: unknown;
  readonly login_hint?: unknown;
  readonly ui_locales?: unknown;
}

/** Embeds oidc-provider: created once the issuer's address is known, and always using that address. */
@Injectable()
export class OidcProvider {
  private made: ProviderType | undefined;

  constructor(
    private readonly settings: ProviderSettings,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Handles requests for the protocol's own addresses, with the original path. */
  handler(): (exchange: Exchange) => Promise<void> {
    const provider = this.provider();
    const callback = provider.callback();
    // Whatever host a proxy or a neighbour used for us: endpoints, cookies and redirects belong to the issuer's address.
    const { host, protocol } = new URL(provider.issuer);
    return async ({ request, response }) => {
      request.headers['x-forwarded-host'] = host;
      request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
      await callback(request, response);
    };
  }

  /** The sign-in that this browser is in the middle of; undefined if there is none, or if it took too long. */
  async signInOf({ request, response }: Exchange): Promise<SignInParams | undefined> {
    try {
      return (await this.provider().interactionDetails(request, response)).params;
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    }
  }

  /** Ends the sign-in in progress, successful or not; returns the address where the browser continues. */
  async finish({ request, response }: Exchange, result: InteractionResults): Promise<string> {
    const { login } = result;
    if (login !== undefined) await this.makeRoomFor(login.accountId, { request, response });
    return this.provider().interactionResult(request, response, result, { mergeWithLastSubmission: false });
  }

  /**
   * Our sessions are seats side by side, while the library knows one person for each browser and asks whether the one
   * before shall be signed out. For a seat nobody is signed out: the browser is forgotten here, and the other seats keep
   * their own tokens.
   */
  private async makeRoomFor(accountId: string, { request, response }: Exchange): Promise<void> {
    const provider = this.provider();
    const interaction = await provider.interactionDetails(request, response);
    if (interaction.params['client_id'] !== sessionClientId) return;
    const session = await provider.Session.get(provider.createContext(request, response));
    if (session.accountId === undefined || session.accountId === accountId) return;
    await session.destroy();
    delete interaction.session;
    await interaction.persist();
  }

  private provider(): ProviderType {
    return (this.made ??= this.make());
  }

  private make(): ProviderType {
    const provider = new Provider(this.deployment.issuerUrl(), this.settings.of(this.deployment));
    provider.proxy = true;
    provider.use(async (ctx, next) => {
      await next();
      signedOutAlready(ctx as unknown as KoaContextWithOIDC);
      if (ctx.status !== 404 || ctx.body) return;
      ctx.status = 404;
      ctx.type = 'application/problem+json';
      ctx.body = JSON.stringify(new NotFound().toBody());
    });
    const tell = (error: unknown): void => this.log.error({ error: safeError(error, 'dropped') }, 'the issuer failed');
    provider.on('server_error', (_ctx, error) => tell(error));
    // Koa's own event, for errors that not even its error page could report
    (provider as EventEmitter).on('error', tell);
    return provider;
  }
}

/**
 * For a user who is not signed in, the library would sign out with a page that contains only a script, which our own
 * policy blocks. There is nothing to sign out from, so the browser continues to its target, or gets a message.
 */
function signedOutAlready(ctx: KoaContextWithOIDC): void {
  // none if the path does not belong to the protocol
  const oidc = ctx.oidc as KoaContextWithOIDC['oidc'] | undefined;
  const session = oidc?.session as unknown as SessionAtSignOut | undefined;
  if (oidc?.route !== 'end_session' || ctx.status !== 200 || session === undefined) return;
  if (session.accountId !== undefined) return;
  const { postLogoutRedirectUri, state } = session.state ?? {};
  if (postLogoutRedirectUri === undefined) {
    ctx.type = 'html';
    ctx.body = signedOutPage(languageOf(ctx));
    return;
  }
  const address = new URL(postLogoutRedirectUri);
  if (state !== undefined) address.searchParams.set('state', state);
  ctx.redirect(address.href);
  ctx.status = 303;
}

/** What the library remembers of a sign-out; it has checked that the address belongs to the application. */
interface SessionAtSignOut {
  readonly accountId?: string;
  readonly state?: { readonly postLogoutRedirectUri?: string; readonly state?: string };
}
