import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentActor, hasRole, type Actor } from '#access';
import { LedgerVerificationView, VerifyLedger } from '#contracts';
import { UnitOfWork } from '#persistence';
import { Answers, operators, pageFrom, pageOf, Takes, type Page } from '#service';
import { ledgerStream } from '../anchors/anchor.ts';
import { VerificationAlarm } from './verification-alarm.service.ts';
import { listVerifications, toVerificationView } from './verification.rows.ts';

const scope = { kind: 'system', key: ledgerStream } as const;
/** The answer is sent by then, with the verification still running if the ledger is long. */
const answerWithinMs = 8_000;

/**
 * Shows whether anybody tampered with the disclosure ledger. A privacy officer sees findings about clients of their
 * organization.
 */
@Controller('ledger/verifications')
@Allow('privacy-officer', ...operators)
export class VerificationController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly alarm: VerificationAlarm,
  ) {}

  /** Newest first: the requested ones, the daily ones, and one after each start. */
  @Get()
  @Answers(LedgerVerificationView, { page: true })
  list(@CurrentActor() actor: Actor, @Query() query: unknown): Promise<Page<LedgerVerificationView>> {
    const page = pageOf(query, ['id']);
    const before = page.after?.[0];
    return this.unitOfWork.run(scope, async (tx) =>
      pageFrom(
        page,
        await listVerifications(tx, typeof before === 'string' ? before : null, page.limit + 1),
        (row) => [row.verification_id],
        (row) => toVerificationView(row, seesFindingsOf(actor)),
      ),
    );
  }

  /**
   * Verifies the whole ledger now. 202 with state `running` if it takes longer than some seconds: its result is then in
   * the list. Two requests at the same time run it once.
   */
  @Post()
  @Takes(VerifyLedger)
  @Answers(LedgerVerificationView)
  @Answers(LedgerVerificationView, { status: 202 })
  async verify(
    @CurrentActor() actor: Actor,
    @Body() { anchors }: VerifyLedger,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LedgerVerificationView> {
    const { done, ...asked } = await this.alarm.verify(actor.personId, anchors ?? []);
    const row = await Promise.race([done, answerDeadline()]);
    if (row !== undefined) return toVerificationView(row, seesFindingsOf(actor));
    reply.status(202);
    const nothing = {
      chains: 0,
      entries: 0,
      anchors: 0,
      openings: null,
      lastAnchor: null,
      findingCount: 0,
      findings: [],
    };
    return { ...asked, state: 'running', finishedAt: null, ...nothing };
  }
}

function seesFindingsOf(actor: Actor): string | null {
  return hasRole(actor, ...operators) ? null : actor.organizationId;
}

function answerDeadline(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), answerWithinMs).unref());
}
