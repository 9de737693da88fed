import { Inject, Injectable } from '@nestjs/common';
import { IssuerUnavailable } from '#access';
import type { SignInFault, SignInWanted } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { DEPLOYMENT, Invalid, LOG, type Answer, type DeploymentConfig, type Log } from '#service';
import { GrantRefused, RelyingParty, type SignInHints } from '../../relying-party/relying-party.service.ts';
import { cookieLine, endedCookie, type SeatPlace } from '../cookie/seat-cookie.ts';
import { SessionSecret } from '../cookie/session-secret.ts';
import { progressIn, sealedProgress, signInSeconds, type SignInProgress } from './sign-in-cookie.ts';
import { ownPath } from './own-path.ts';
import { returnPath } from '../seat.ts';
import { Sessions } from '../session.service.ts';

/** The values of a browser's cookies for one seat, when the issuer sends it back. */
export interface ReturnCookies {
  readonly signIn: string | undefined;
  readonly session: string | undefined;
}

/** The sign-in of the web application: to the issuer and back (contract.md §6.3). */
@Injectable()
export class CodeFlow {
  constructor(
    private readonly relyingParty: RelyingParty,
    private readonly sessions: Sessions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Sends the browser to the issuer. Throws {@link Invalid} if it would end outside this platform. */
  async begin(place: SeatPlace, wanted: SignInWanted): Promise<Answer> {
    const to = ownPath(wanted.to ?? '/');
    if (to === undefined) throw new Invalid([notOwnPath]);
    const binding = this.relyingParty.newBinding();
    const returnAddress = `${place.publicUrl}${returnPath(place.seat)}`;
    const progress = { ...binding, to, begunAt: this.clock.now() };
    try {
      const address = await this.relyingParty.signInAddress(returnAddress, binding, this.hintsOf(wanted));
      const cookie = cookieLine('sign-in', place, sealedProgress(this.cookieKey, place.seat, progress), signInSeconds);
      return { status: 302, body: '', location: address.href, headers: { 'Set-Cookie': cookie } };
    } catch (error) {
      if (error instanceof IssuerUnavailable) return { status: 303, body: '', location: faultPath('unavailable', to) };
      throw error;
    }
  }

  /** Takes the browser back from the issuer, into a session that replaces the one that the seat had. */
  async finish(place: SeatPlace, returned: URL, cookies: ReturnCookies): Promise<Answer> {
    const { cookieKey } = this;
    const progress = progressIn(cookies.signIn, { cookieKey, seat: place.seat, now: this.clock.now() });
    // the cookie of a sign-in that began later in another tab stays
    if (progress === undefined || progress.state !== returned.searchParams.get('state'))
      return { status: 303, body: '', location: faultPath('too-late', '/') };
    const opened = await this.opened(returned, progress);
    const ended = endedCookie('sign-in', place);
    if (!(opened instanceof SessionSecret))
      return { status: 303, body: '', location: faultPath(opened, progress.to), headers: { 'Set-Cookie': ended } };
    if (cookies.session !== undefined) await this.sessions.end(new SessionSecret(cookies.session));
    const begun = cookieLine('session', place, opened.value);
    return { status: 303, body: '', location: progress.to, headers: { 'Set-Cookie': [begun, ended] } };
  }

  private async opened(returned: URL, progress: SignInProgress): Promise<SessionSecret | SignInFault> {
    const refusal = returned.searchParams.get('error');
    if (refusal === 'access_denied') return 'cancelled';
    if (refusal !== null) {
      // an OAuth error code; a description could quote what the person typed
      this.log.error({ refusal: refusal.slice(0, 64) }, 'the issuer refused a sign-in');
      return 'failed';
    }
    try {
      const tokens = await this.relyingParty.redeem(returned, progress);
      return await this.sessions.open(tokens);
    } catch (error) {
      if (error instanceof GrantRefused) return 'failed';
      if (error instanceof IssuerUnavailable) return 'unavailable';
      throw error;
    }
  }

  private hintsOf({ login_hint, ui_locales: uiLocales }: SignInWanted): SignInHints {
    return { loginHint: this.deployment.demo ? login_hint : undefined, uiLocales };
  }

  private get cookieKey(): string {
    return this.deployment.secrets.cookieKeys[0] ?? '';
  }
}

const notOwnPath = {
  field: 'to',
  message: 'a sign-in leads only to a page of this platform',
  allowed: 'a path that begins with one /, such as /inbox',
};

/** The page that says what went wrong; from there the person may try again. */
function faultPath(fault: SignInFault, to: string): string {
  return `/sign-in?${new URLSearchParams({ fault, ...(to === '/' ? {} : { to }) }).toString()}`;
}
