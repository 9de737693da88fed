import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Allow, CurrentActor, hasRole, networkScope, type Actor } from '#access';
import { NoFields } from '#contracts';
import { Parked } from '#events';
import { UnitOfWork, type Scope } from '#persistence';
import { CommandRunner } from '../commands/command-runner.ts';
import type { Answer } from '../commands/answer.ts';
import { Command, CommandOf } from '../commands/command.decorator.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import { operators, redrivers } from '../deployment/operators.ts';
import { Answers, Takes } from '../openapi/route.decorators.ts';
import { NotFound } from '../problems/form.problems.ts';
import { pageFrom, pageOf, type Page } from '../reads/page.ts';
import { ParkedItem, RedriveAsked } from './parked.views.ts';

const systemScope: Scope = { kind: 'system', key: '' };

/**
 * Lists events and timers that wait for a person, and lets the person retry them: in every service. Operators see all of
 * them; for a network-admin the entries of other networks do not exist.
 */
@Controller('parked')
@Allow(...redrivers)
export class ParkedController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly parked: Parked,
    private readonly commands: CommandRunner,
  ) {}

  @Get()
  @Answers(ParkedItem, { page: true })
  list(@CurrentActor() actor: Actor, @Query() query: unknown): Promise<Page<ParkedItem>> {
    const asked = pageOf(query, ['id']);
    const after = asked.after?.[0];
    const page = { limit: asked.limit + 1, ...(typeof after === 'string' ? { after } : {}) };
    const { scope, networkId } = reachOf(actor);
    return this.unitOfWork.run(scope, async (tx) =>
      pageFrom(
        asked,
        await this.parked.list(tx, page, networkId),
        (row) => [row.parkedId],
        (row) => row,
      ),
    );
  }

  @Post(':id/redrive')
  @Command()
  @Takes(NoFields)
  @Answers(RedriveAsked)
  redrive(
    @Param('id') parkedId: string,
    @Body() _body: NoFields,
    @CommandOf() request: CommandRequest,
  ): Promise<Answer> {
    const { scope, networkId } = reachOf(request.actor);
    return this.commands.run({
      request,
      scope,
      find: async (tx) =>
        networkId === undefined || (await this.parked.belongsTo(tx, parkedId, networkId)) ? parkedId : undefined,
      key: (found) => `parked/${found}`,
      work: async (tx, found) =>
        (await this.parked.redrive(tx, found))
          ? { kind: 'done', body: { parkedId: found }, events: [] }
          : { kind: 'refused', problem: new NotFound() },
    });
  }
}

/** The entries that an actor may see; without a network: all of them. */
function reachOf(actor: Actor): { readonly scope: Scope; readonly networkId?: string } {
  if (hasRole(actor, ...operators)) return { scope: systemScope };
  return { scope: networkScope(actor), networkId: actor.networkId };
}
