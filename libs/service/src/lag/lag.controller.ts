import { Controller, Get } from '@nestjs/common';
import { Allow } from '#access';
import { operators } from '../deployment/operators.ts';
import { Answers } from '../openapi/route.decorators.ts';
import { Lag } from './lag.ts';
import { ServiceLag } from './lag.views.ts';

/** How far the service is with sending and reading events: in every service, for operators. */
@Controller('lag')
@Allow(...operators)
export class LagController {
  constructor(private readonly lag: Lag) {}

  @Get()
  @Answers(ServiceLag)
  read(): Promise<ServiceLag> {
    return this.lag.read();
  }
}
