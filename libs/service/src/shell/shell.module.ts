import { type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { TokenVerifier } from '#access';
import { CLOCK, Discards, EventLog, IDS, Inbox, Parked, Rebuilds, Relay, Resends, Timers, TimerWorker } from '#events';
import { UnitOfWork } from '#persistence';
import { CommandRunner } from '../commands/command-runner.ts';
import { AnswerInterceptor } from '../commands/answer.interceptor.ts';
import { FormInterceptor } from '../commands/form/form.interceptor.ts';
import { DEPLOYMENT, type DeploymentConfig } from '../deployment/deployment.ts';
import { Lag } from '../lag/lag.ts';
import { LagController } from '../lag/lag.controller.ts';
import { LOG } from '../logs/log.ts';
import { Metrics } from '../metrics/metrics.ts';
import { LogController } from '../rebuild/log.controller.ts';
import { AskedWork } from '../deployment/asked-work.ts';
import { RebuildController } from '../rebuild/rebuild.controller.ts';
import { ResendController } from '../resend/resend.controller.ts';
import { DiscardController } from '../parked/discard.controller.ts';
import { ParkedController } from '../parked/parked.controller.ts';
import { Peers } from '../peers/peers.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { Positions } from '../reads/positions.ts';
import { rosterProjection } from '../roster/roster.projection.ts';
import { Roster } from '../roster/roster.ts';
import { serviceOptions } from '../service-module.ts';
import { InFlight } from '../http/in-flight.ts';
import type { ServiceParts } from './parts.ts';

/** Wraps the service's own module: the providers that every service injects, and the routes that every service has. */
export class ShellModule {
  static around(
    module: Type,
    config: Type | undefined,
    parts: ServiceParts,
    deployment: DeploymentConfig,
  ): DynamicModule {
    const injectable: Provider[] = [
      { provide: DEPLOYMENT, useValue: deployment },
      { provide: CLOCK, useValue: parts.clock },
      { provide: IDS, useValue: parts.ids },
      { provide: LOG, useValue: parts.log },
      { provide: InFlight, useValue: parts.inFlight },
      { provide: Metrics, useValue: parts.metrics },
      { provide: UnitOfWork, useValue: parts.unitOfWork },
      { provide: EventLog, useValue: parts.eventLog },
      { provide: Timers, useValue: parts.timers },
      { provide: TimerWorker, useValue: parts.timerWorker },
      { provide: Inbox, useValue: parts.inbox },
      { provide: Parked, useValue: parts.parked },
      { provide: Discards, useValue: parts.discards },
      { provide: Rebuilds, useValue: parts.rebuilds },
      { provide: Resends, useValue: parts.resends },
      { provide: Relay, useValue: parts.relay },
      { provide: Lag, useValue: parts.lag },
      { provide: TokenVerifier, useValue: parts.verifier },
      { provide: Roster, useValue: parts.roster },
      { provide: Peers, useValue: parts.peers },
      { provide: Positions, useValue: parts.positions },
      { provide: CommandRunner, useValue: parts.commands },
      ...(config === undefined ? [] : [{ provide: config, useValue: parts.config }]),
    ];
    return {
      module: ShellModule,
      global: true,
      imports: [module],
      controllers: [
        ...[ParkedController, DiscardController, LagController, RebuildController, ResendController, LogController],
        rosterProjection(serviceOptions(module).name),
      ],
      providers: [
        ...injectable,
        AskedWork,
        // the outer one first: the first writes answers, the second checks forms
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_INTERCEPTOR, useClass: FormInterceptor },
        { provide: APP_FILTER, useValue: new ProblemFilter(parts.log) },
      ],
      exports: injectable,
    };
  }
}
