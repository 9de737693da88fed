import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow } from '#access';
import { Resends, type ResendFrom } from '#events';
import type { Answer } from '../commands/answer.ts';
import { Command, CommandOf } from '../commands/command.decorator.ts';
import type { CommandRequest } from '../commands/command-request.ts';
import { AskedWork } from '../deployment/asked-work.ts';
import { operators } from '../deployment/operators.ts';
import { Answers, Takes } from '../openapi/route.decorators.ts';
import { Invalid } from '../problems/form.problems.ts';
import type { Page } from '../reads/page.ts';
import { AskResend, Resend, ResendAnswer } from './resend.views.ts';

const largestPosition = 9_223_372_036_854_775_807n;

/** Sends a part of the service's log to its topic again, while the service serves: in every service. */
@Controller('resends')
@Allow(...operators)
export class ResendController {
  constructor(
    private readonly resends: Resends,
    private readonly asked: AskedWork,
  ) {}

  /** Newest first. */
  @Get()
  @Answers(Resend, { page: true })
  list(@Query() query: unknown): Promise<Page<Resend>> {
    return this.asked.list(
      query,
      (tx, page) => this.resends.list(tx, page),
      (row) => row.resendId,
    );
  }

  /** If the same resend is already running, returns it: a second request does not start another one. */
  @Post()
  @Command()
  @Takes(AskResend)
  @Answers(ResendAnswer, { status: 201 })
  ask(@Body() body: AskResend, @CommandOf() request: CommandRequest): Promise<Answer> {
    const from = fromOf(body);
    return this.asked.ask(request, 'resend', async (tx, { id, ...asked }) => ({
      resendId: await this.resends.ask(tx, { resendId: id, from, ...asked }),
    }));
  }
}

function fromOf({ all, since, fromPosition }: AskResend): ResendFrom {
  const named = [all === true, since !== undefined, fromPosition !== undefined].filter(Boolean).length;
  if (named !== 1) {
    const message = 'give exactly one of all (true), since and fromPosition';
    throw new Invalid([{ field: 'all', message, allowed: ['all', 'since', 'fromPosition'] }]);
  }
  if (fromPosition !== undefined && !isPosition(fromPosition)) {
    const message = 'fromPosition must be a position of the log';
    throw new Invalid([{ field: 'fromPosition', message, allowed: 'the digits of a position, as /lag shows them' }]);
  }
  if (fromPosition !== undefined) return { fromPosition };
  return since === undefined ? { all: true } : { since };
}

function isPosition(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) <= largestPosition;
}
