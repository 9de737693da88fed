import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Allow } from '#access';
import { CLOCK, Discards, type Clock } from '#events';
import { UnitOfWork, type Scope } from '#persistence';
import { CommandRunner } from '../commands/command-runner.ts';
import type { Answer } from '../commands/answer.ts';
import { Command, CommandOf } from '../commands/command.decorator.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import { operators } from '../deployment/operators.ts';
import { Answers, Takes } from '../openapi/route.decorators.ts';
import { Invalid, NotFound } from '../problems/form.problems.ts';
import { GuardRefused } from '../problems/move.problems.ts';
import { pageFrom, pageOf, type Page } from '../reads/page.ts';
import { Discard, DiscardDone, DiscardedItem } from './parked.views.ts';

const systemScope: Scope = { kind: 'system', key: '' };

/** Lets a person declare that a parked entry can never be handled: in every service, only for operators. */
@Controller('parked')
@Allow(...operators)
export class DiscardController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly discards: Discards,
    private readonly commands: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The discarded entries, newest first. */
  @Get('discarded')
  @Answers(DiscardedItem, { page: true })
  discarded(@Query() query: unknown): Promise<Page<DiscardedItem>> {
    const asked = pageOf(query, ['instant', 'id']);
    const [at, id] = asked.after ?? [];
    const before = typeof at === 'string' && typeof id === 'string' ? { before: { at, id } } : {};
    return this.unitOfWork.run(systemScope, async (tx) =>
      pageFrom(
        asked,
        await this.discards.list(tx, { limit: asked.limit + 1, ...before }),
        (row) => [row.discardedAt, row.parkedId],
        (row) => row,
      ),
    );
  }

  /**
   * Discards an entry that can never be handled; the later events of its key are then read, in order. Only the first
   * parked event of a key can be discarded: the events behind it have not been tried.
   */
  @Post(':id/discard')
  @Command()
  @Takes(Discard)
  @Answers(DiscardDone)
  discard(
    @Param('id') parkedId: string,
    @Body() { reason, note }: Discard,
    @CommandOf() request: CommandRequest,
  ): Promise<Answer> {
    if (reason === 'other' && (note ?? '').trim() === '') {
      throw new Invalid([{ field: 'note', message: 'note must say why, because the reason is `other`' }]);
    }
    return this.commands.run({
      request,
      scope: systemScope,
      find: () => Promise.resolve(parkedId),
      key: (found) => `parked/${found}`,
      work: async (tx, found) => {
        const word = { reason, note: note ?? null, by: request.actor.personId, now: this.clock.now() };
        const became = await this.discards.discard(tx, found, word);
        if (became === 'discarded') return { kind: 'done', body: { parkedId: found }, events: [] };
        return { kind: 'refused', problem: became === 'absent' ? new NotFound() : notFirst() };
      },
    });
  }
}

function notFirst(): GuardRefused {
  const detail = 'An earlier event of its key is parked. Redrive or discard that one first: /parked lists it.';
  return new GuardRefused({ guard: 'firstOfItsKey', facts: {}, legalMoves: [], detail });
}
