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

/** Rows made anew from the logs while the service serves: in every service, for the house's operators. */
@Controller('rebuilds')
@Allow(...operators)
export class RebuildController {
  constructor(
    private readonly rebuilds: Rebuilds,
    private readonly asked: AskedWork,
  ) {}

  /** The newest first. */
  @Get()
  @Answers(Rebuild, { page: true })
  list(@Query() query: unknown): Promise<Page<Rebuild>> {
    return this.asked.list(
      query,
      (tx, page) => this.rebuilds.list(tx, page),
      (row) => row.rebuildId,
    );
  }

  /** Of a group that is being rebuilt the running one is answered: asking twice starts one. */
  @Post()
  @Command()
  @Takes(AskRebuild)
  @Answers(RebuildAnswer, { status: 201 })
  ask(@Body() { group }: AskRebuild, @CommandOf() request: CommandRequest): Promise<Answer> {
    const allowed = this.rebuilds.groups;
    if (!allowed.includes(group)) {
      const message = 'this service keeps nothing for a group of this name that could be made anew';
      throw new Invalid([{ field: 'group', message, allowed: [...allowed] }]);
    }
    return this.asked.ask(request, `rebuild/${group}`, async (tx, { id, ...asked }) => ({
      rebuildId: await this.rebuilds.ask(tx, { rebuildId: id, group, ...asked }),
      group,
    }));
  }
}
