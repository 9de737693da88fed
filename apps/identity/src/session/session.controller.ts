import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Public } from '#access';
import { RenewSessionToken, SessionTokenView, SignInWanted } from '#contracts';
import {
  Answers,
  Asks,
  DEPLOYMENT,
  NotFound,
  Refuses,
  Takes,
  TakesHeader,
  Unauthenticated,
  type Answer,
  type DeploymentConfig,
} from '#service';
import { LimitedAsSignIn } from '../oidc/sign-in-limit.ts';
import { SessionClient } from '../relying-party/session-client.service.ts';
import { CodeFlow } from './flow/code-flow.service.ts';
import { cookieIn, endedCookie, type SeatPlace } from './cookie/seat-cookie.ts';
import { SessionSecret } from './cookie/session-secret.ts';
import { atOwnName, refuseForged } from './cookie/own-origin.ts';
import { seatOf } from './seat.ts';
import { Sessions } from './session.service.ts';

const sessionHeader = {
  name: 'X-Session',
  description:
    'Any value. Together with Content-Type application/json, and with Sec-Fetch-Site: same-origin or our own Origin, it ' +
    'shows that a page of this platform sends the request.',
};

/**
 * The session of the web application (contract.md §6.3): the only routes that read a cookie. `:seat` is 0, and up to 7 in
 * demo mode.
 */
@Controller('sessions/:seat')
@Public()
export class SessionController {
  constructor(
    private readonly flow: CodeFlow,
    private readonly sessions: Sessions,
    private readonly client: SessionClient,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
  ) {}

  /** Begins a sign-in: a link, so that the browser goes to the issuer and comes back to `to`. */
  @Get('new')
  @LimitedAsSignIn()
  @Asks(SignInWanted)
  @Answers(null, { status: 302, description: 'To the issuer; a cookie of 10 minutes ties its answer to this browser.' })
  @Answers(null, { status: 303, description: 'To /sign-in?fault=unavailable: the issuer does not answer.' })
  begin(@Param('seat') seat: string, @Query() wanted: SignInWanted, @Req() request: FastifyRequest): Promise<Answer> {
    const place = this.placeOf(seat);
    const { headers, url } = request;
    const elsewhere = atOwnName(headers.host, place.publicUrl, url);
    if (elsewhere !== undefined) return Promise.resolve({ status: 302, body: '', location: elsewhere });
    return this.flow.begin(place, wanted);
  }

  /** Where the issuer sends the browser back to. */
  @Get('return')
  @LimitedAsSignIn()
  @Answers(null, { status: 303, description: 'To where the sign-in was to lead, or to /sign-in?fault=<code>.' })
  finish(@Param('seat') seat: string, @Req() { headers, url }: FastifyRequest): Promise<Answer> {
    const place = this.placeOf(seat);
    return this.flow.finish(place, new URL(url, place.publicUrl), {
      signIn: cookieIn(headers.cookie, 'sign-in', place),
      session: cookieIn(headers.cookie, 'session', place),
    });
  }

  /** A short access token for the page, which keeps it in memory; asked for by a page where somebody works. */
  @Post('token')
  @LimitedAsSignIn()
  @TakesHeader(sessionHeader)
  @Refuses(401, 403)
  @Takes(RenewSessionToken)
  @Answers(SessionTokenView)
  async token(
    @Param('seat') seat: string,
    @Body() { used = true }: RenewSessionToken,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    const place = this.placeFor(request, seat);
    const secret = cookieIn(request.headers.cookie, 'session', place);
    const body = secret === undefined ? undefined : await this.sessions.token(new SessionSecret(secret), used);
    if (body === undefined) throw new Unauthenticated();
    return { status: 200, body };
  }

  /** Signs out. The cookie is worthless from then on, and so is its refresh token where the issuer revokes. */
  @Post('end')
  @LimitedAsSignIn()
  @TakesHeader(sessionHeader)
  @Refuses(403, 415)
  @Answers(null, { status: 204, description: 'Also where there was no session.' })
  async end(@Param('seat') seat: string, @Req() request: FastifyRequest): Promise<Answer> {
    const place = this.placeFor(request, seat);
    const secret = cookieIn(request.headers.cookie, 'session', place);
    if (secret !== undefined) await this.sessions.end(new SessionSecret(secret));
    return { status: 204, body: undefined, headers: { 'Set-Cookie': endedCookie('session', place) } };
  }

  private placeFor({ headers }: FastifyRequest, seat: string): SeatPlace {
    refuseForged(headers, this.client.publicUrl);
    return this.placeOf(seat);
  }

  private placeOf(seat: string): SeatPlace {
    if (this.client.credentials === undefined) throw new NotFound();
    return { seat: seatOf(seat, this.deployment), publicUrl: this.client.publicUrl };
  }
}
