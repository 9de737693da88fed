import { Body, Controller, Get, Headers, HttpCode, Post } from '@nestjs/common';
import type { JSONWebKeySet } from 'jose';
import { Public } from '#access';
import { AccessTokenView } from '#contracts';
import { Answers, TakesForm, type Answer } from '#service';
import { Issuer } from './issuer.service.ts';
import { TokenRequests } from './token-request.service.ts';

/** The issuer's own addresses, outside `/api/identity` (contract.md §6.1). */
@Controller()
@Public()
export class OidcController {
  constructor(
    private readonly issuer: Issuer,
    private readonly requests: TokenRequests,
  ) {}

  @Get('.well-known/openid-configuration')
  discovery(): Readonly<Record<string, unknown>> {
    return this.issuer.discovery();
  }

  @Get('oidc/jwks')
  keys(): Promise<JSONWebKeySet> {
    return this.issuer.keySet();
  }

  @Post('oidc/token')
  @HttpCode(200)
  @TakesForm()
  @Answers(AccessTokenView)
  token(
    @Headers('authorization') authorization: string | undefined,
    @Body() form: Readonly<Record<string, unknown>>,
  ): Promise<Answer> {
    return this.requests.answer(authorization, form);
  }
}
