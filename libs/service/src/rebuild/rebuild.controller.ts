import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow } from '#access';
import { Rebuilds } from '#events';
import type { Answer } from '../commands/answer.ts';
import { Command, CommandOf } from '../commands/command.decorator.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import { AskedWork } from '../deployment/asked-work.ts';
import { operators } from '../deployment/operators.ts';
import { Answers, Takes } from '../openapi/route.decorators.ts';
import { Invalid } from '../problems/form.problems.ts';
import type { Page } from '../reads/page.ts';
import { AskRebuild, Rebuild, RebuildAnswer } from './rebuild.views.ts';

/** Rebuilds rows from the logs while the service serves: in every service, for operators. */
@Controller('rebuilds')
@Allow(...operators)
export class RebuildController {
  constructor(
    private readonly rebuilds: Rebuilds,
    private readonly asked: AskedWork,
  ) {}

  /** Newest first. */
  @Get()
  @Answers(Rebuild, { page: true })
  list(@Query() query: unknown): Promise<Page<Rebuild>> {
    return this.asked.list(
      query,
      (tx, page) => this.rebuilds.list(tx, page),
      (row) => row.rebuildId,
    );
  }

  /** If the group is already being rebuilt, returns that rebuild: a second request does not start another one. */
  @Post()
  @Command()
  @Takes(AskRebuild)
  @Answers(RebuildAnswer, { status: 201 })
  ask(@Body() { group }: AskRebuild, @CommandOf() request: CommandRequest): Promise<Answer> {
    const allowed = this.rebuilds.groups;
    if (!allowed.includes(group)) {
      const message = 'this service has no group of this name that can be rebuilt';
      throw new Invalid([{ field: 'group', message, allowed: [...allowed] }]);
    }
    return this.asked.ask(request, `rebuild/${group}`, async (tx, { id, ...asked }) => ({
      rebuildId: await this.rebuilds.ask(tx, { rebuildId: id, group, ...asked }),
      group,
    }));
  }
}
