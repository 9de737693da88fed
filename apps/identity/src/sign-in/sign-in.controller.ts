import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#access';
import { NotFound, TakesForm, type Answer } from '#service';
import { IdentityConfig } from '../identity.config.ts';
import { LimitedAsSignIn } from '../oidc/sign-in-limit.ts';
import { SignIn } from './sign-in.service.ts';

/** The page to which the issuer sends a browser: plain HTML for people, so it is not in OpenAPI. */
@Controller('oidc/sign-in')
@ApiExcludeController()
@Public()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly config: IdentityConfig,
  ) {}

  @Get(':uid')
  @LimitedAsSignIn()
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Answer> {
    this.refuseWithoutIssuer();
    return this.signIn.show({ request: request.raw, response: reply.raw });
  }

  @Post(':uid')
  @LimitedAsSignIn()
  @TakesForm()
  submit(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() form: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Answer> {
    this.refuseWithoutIssuer();
    return this.signIn.submit({ request: request.raw, response: reply.raw }, form ?? {});
  }

  private refuseWithoutIssuer(): void {
    if (!this.config.EMBEDDED_ISSUER) throw new NotFound();
  }
}
