import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Allow, CurrentActor, hasScope, type Actor } from '#access';
import { logAfter, startOfStreams } from '#events';
import { UnitOfWork } from '#persistence';
import { Answers, Takes } from '../openapi/route.decorators.ts';
import { RoleRefused } from '../problems/form.problems.ts';
import { LogPage, ReadLog } from './log.views.ts';

/**
 * The service's event log, stream by stream. It outlives the topics, whose retention ends, so a reader of these events
 * can rebuild its rows from it. It contains ids, codes and instants of all networks, so only our own services may read
 * it.
 */
@Controller('log')
export class LogController {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Post('read')
  @HttpCode(200)
  @Allow('system-client')
  @Takes(ReadLog)
  @Answers(LogPage)
  async read(
    @CurrentActor() actor: Actor,
    @Body() { key = startOfStreams.key, version, limit }: ReadLog,
  ): Promise<LogPage> {
    if (!hasScope(actor, 'log:read')) throw new RoleRefused();
    const messages = await this.unitOfWork.run({ kind: 'system', key: '' }, (tx) =>
      logAfter(tx, { key, version }, limit),
    );
    const items = messages.map((each) => ({
      key: each.key ?? '',
      value: each.value,
      headers: JSON.stringify(each.headers),
    }));
    return { items };
  }
}
