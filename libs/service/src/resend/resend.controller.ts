import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { Allow } from '#access';
import { CLOCK, IDS, Resends, type Clock, type Ids, type ResendFrom } from '#events';
import { UnitOfWork, type Scope } from '#persistence';
import { Act } from '../commands/act.ts';
import type { Answer } from '../commands/answer.ts';
import { Command, CommandOf } from '../commands/command.decorator.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import { operators } from '../house/operators.ts';
import { Answers, Takes } from '../openapi/route.decorators.ts';
import { Invalid } from '../problems/form.problems.ts';
import { pageFrom, pageOf, type Page } from '../reads/page.ts';
import { AskResend, Resend, ResendAnswer } from './resend.views.ts';

const house: Scope = { kind: 'system', key: '' };
const largestPosition = 9_223_372_036_854_775_807n;

/** A part of the service's log sent to its topic once more, while the service serves: in every service. */
@Controller('resends')
@Allow(...operators)
export class ResendController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly resends: Resends,
    private readonly act: Act,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The newest first. */
  @Get()
  @Answers(Resend, { page: true })
  list(@Query() query: unknown): Promise<Page<Resend>> {
    const asked = pageOf(query, ['id']);
    const before = asked.after?.[0];
    const page = { limit: asked.limit + 1, ...(typeof before === 'string' ? { before } : {}) };
    return this.unitOfWork.run(house, async (tx) =>
      pageFrom(
        asked,
        await this.resends.list(tx, page),
        (row) => [row.resendId],
        (row) => row,
      ),
    );
  }

  /** Where the same resend is running, that one is answered: asking twice starts one. */
  @Post()
  @Command()
  @Takes(AskResend)
  @Answers(ResendAnswer, { status: 201 })
  ask(@Body() body: AskResend, @CommandOf() request: CommandRequest): Promise<Answer> {
    const from = fromOf(body);
    return this.act.run({
      request,
      scope: house,
      find: () => Promise.resolve(from),
      key: () => 'resend',
      work: async (tx) => {
        const asked = { resendId: this.ids.next(), from, askedBy: request.actor.personId, now: this.clock.now() };
        return { kind: 'done', status: 201, body: { resendId: await this.resends.ask(tx, asked) }, events: [] };
      },
    });
  }
}

function fromOf({ all, since, fromPosition }: AskResend): ResendFrom {
  const named = [all === true, since !== undefined, fromPosition !== undefined].filter(Boolean).length;
  if (named !== 1) {
    const message = 'say where to begin by one of all (true), since and fromPosition';
    throw new Invalid([{ field: 'all', message, allowed: ['all', 'since', 'fromPosition'] }]);
  }
  if (fromPosition !== undefined && !isPosition(fromPosition)) {
    const message = 'fromPosition must be a position of the log';
    throw new Invalid([{ field: 'fromPosition', message, allowed: 'the digits of a position, as /lag names them' }]);
  }
  if (fromPosition !== undefined) return { fromPosition };
  return since === undefined ? { all: true } : { since };
}

function isPosition(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) <= largestPosition;
}
