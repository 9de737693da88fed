import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { Allow } from '#access';
import { CLOCK, IDS, Rebuilds, type Clock, type Ids } from '#events';
import { UnitOfWork, type Scope } from '#persistence';
import { Act } from '../commands/act.ts';
import type { Answer } from '../commands/answer.ts';
import { Command, CommandOf } from '../commands/command.decorator.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import { operators } from '../house/operators.ts';
import { Answers, Takes } from '../openapi/route.decorators.ts';
import { Invalid } from '../problems/form.problems.ts';
import { pageFrom, pageOf, type Page } from '../reads/page.ts';
import { AskRebuild, Rebuild, RebuildAnswer } from './rebuild.views.ts';

const house: Scope = { kind: 'system', key: '' };

/** Rows made anew from the logs while the service serves: in every service, for the house's operators. */
@Controller('rebuilds')
@Allow(...operators)
export class RebuildController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rebuilds: Rebuilds,
    private readonly act: Act,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The newest first. */
  @Get()
  @Answers(Rebuild, { page: true })
  list(@Query() query: unknown): Promise<Page<Rebuild>> {
    const asked = pageOf(query, ['id']);
    const before = asked.after?.[0];
    const page = { limit: asked.limit + 1, ...(typeof before === 'string' ? { before } : {}) };
    return this.unitOfWork.run(house, async (tx) =>
      pageFrom(
        asked,
        await this.rebuilds.list(tx, page),
        (row) => [row.rebuildId],
        (row) => row,
      ),
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
    return this.act.run({
      request,
      scope: house,
      find: () => Promise.resolve(group),
      key: (found) => `rebuild/${found}`,
      work: async (tx) => {
        const asked = { rebuildId: this.ids.next(), group, askedBy: request.actor.personId, now: this.clock.now() };
        return {
          kind: 'done',
          status: 201,
          body: { rebuildId: await this.rebuilds.ask(tx, asked), group },
          events: [],
        };
      },
    });
  }
}
