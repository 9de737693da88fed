import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { InteractionResults, KoaContextWithOIDC, Provider as ProviderType } from 'oidc-provider';
import { DEPLOYMENT, LOG, NotFound, safeError, type DeploymentConfig, type Log } from '#service';
import { errors, Provider } from '../issuer/oidc-library.ts';
import { signedOutPage } from '../sign-in/pages.ts';
import { ProviderSettings } from './provider-settings.service.ts';

/** A request and its answer as node:http has them: what the provider reads and writes. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** oidc-provider in the house: made once the issuer's address is known, always speaking from that address. */
@Injectable()
export class OidcProvider {
  private made: ProviderType | undefined;

  constructor(
    private readonly settings: ProviderSettings,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** What answers requests for the protocol's own addresses, with the path as it came. */
  handler(): (exchange: Exchange) => Promise<void> {
    const provider = this.provider();
    const callback = provider.callback();
    // Whatever host a proxy or a neighbour called us by: endpoints, cookies and returns belong to the issuer's address.
    const { host, protocol } = new URL(provider.issuer);
    return async ({ request, response }) => {
      request.headers['x-forwarded-host'] = host;
      request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
      await callback(request, response);
    };
  }

  /** Whether this browser is in the middle of signing in; false when it never was, or took too long. */
  async isUnderWay({ request, response }: Exchange): Promise<boolean> {
    try {
      await this.provider().interactionDetails(request, response);
      return true;
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return false;
      throw error;
    }
  }

  /** Ends the sign-in under way, one way or the other; answers the address where the browser goes on. */
  async finish({ request, response }: Exchange, result: InteractionResults): Promise<string> {
    return this.provider().interactionResult(request, response, result, { mergeWithLastSubmission: false });
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
    // Koa's own event, for what not even its error page could answer
    (provider as EventEmitter).on('error', tell);
    return provider;
  }
}

/**
 * The library would sign out whoever is not signed in by a page that is nothing but a script, which our own policy stops.
 * There is nothing to sign out of: the browser goes on where it would have gone, or is told so.
 */
function signedOutAlready(ctx: KoaContextWithOIDC): void {
  // none where the path is none of the protocol's
  const oidc = ctx.oidc as KoaContextWithOIDC['oidc'] | undefined;
  const session = oidc?.session as unknown as SessionAtSignOut | undefined;
  if (oidc?.route !== 'end_session' || ctx.status !== 200 || session === undefined) return;
  if (session.accountId !== undefined) return;
  const { postLogoutRedirectUri, state } = session.state ?? {};
  if (postLogoutRedirectUri === undefined) {
    ctx.type = 'html';
    ctx.body = signedOutPage;
    return;
  }
  const address = new URL(postLogoutRedirectUri);
  if (state !== undefined) address.searchParams.set('state', state);
  ctx.redirect(address.href);
  ctx.status = 303;
}

/** What the library remembers of a sign-out; the address was found to be the application's own. */
interface SessionAtSignOut {
  readonly accountId?: string;
  readonly state?: { readonly postLogoutRedirectUri?: string; readonly state?: string };
}
