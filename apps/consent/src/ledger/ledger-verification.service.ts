import { Inject, Injectable } from '@nestjs/common';
import { systemActor } from '#access';
import { LedgerBroken, LedgerVerified, type PersonId } from '#contracts';
import { CLOCK, EventLog, IDS, type Clock, type Ids } from '#events';
import { UnitOfWork } from '#persistence';
import { ledgerStream, type AnchorMark } from '../anchors/anchor.ts';
import { LedgerReader } from './ledger-reading.service.ts';
import { newFindings, toldOf } from './known-finding.rows.ts';
import { keepVerification, type VerificationRow } from './verification.rows.ts';

export interface Verifying {
  readonly verificationId: string;
  readonly startedAt: string;
  readonly askedBy: PersonId | null;
  readonly done: Promise<VerificationRow>;
}

/** The most findings that are stored of a verification; all are counted. */
const mostKept = 50;
const scope = { kind: 'system', key: ledgerStream } as const;

/** Verifies the whole ledger, one verification at a time, and stores the result: a row and an event. */
@Injectable()
export class LedgerVerification {
  private running: Verifying | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly log: EventLog,
    private readonly reader: LedgerReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** A request during a verification gets the running one, unless it brings anchors that the running one does not have. */
  async verify(
    askedBy: PersonId | null,
    brought: readonly AnchorMark[],
    remembered: readonly AnchorMark[],
  ): Promise<Verifying> {
    while (this.running !== undefined) {
      if (brought.length === 0) return this.running;
      await this.running.done.catch(() => undefined);
    }
    const [verificationId, startedAt] = [this.ids.next(), this.clock.now()];
    const done = this.run({ verificationId, startedAt, askedBy }, [...remembered, ...brought]).finally(
      () => (this.running = undefined),
    );
    this.running = { verificationId, startedAt, askedBy, done };
    return this.running;
  }

  private async run(asked: Omit<Verifying, 'done'>, kept: readonly AnchorMark[]): Promise<VerificationRow> {
    const { verificationId, startedAt, askedBy } = asked;
    const { lastAnchor, findings, chains, entries, anchors, openings } = await this.reader.read(kept);
    const now = this.clock.now();
    const row: VerificationRow = {
      verification_id: verificationId,
      asked_by: askedBy,
      started_at: startedAt,
      finished_at: now,
      chains,
      entries,
      anchors,
      openings,
      last_anchor: lastAnchor,
      finding_count: findings.length,
      findings: findings.slice(0, mostKept),
    };
    const intact = findings.length === 0;
    const verified = LedgerVerified.of({ verificationId, intact, findings: findings.length, chains, entries, anchors });
    await this.unitOfWork.run(scope, async (tx) => {
      const version = await this.log.lockStream(tx, ledgerStream);
      await keepVerification(tx, row);
      const found = await newFindings(tx, findings, { verificationId, now });
      const broken = found.length === 0 ? [] : [LedgerBroken.of({ verificationId, ...toldOf(found) })];
      await this.log.record(tx, {
        key: ledgerStream,
        version,
        now,
        actor: systemActor(askedBy === null ? 'timer' : 'system'),
        correlationId: verificationId,
        events: [...broken, verified].map((event) => ({ event, subject: `ledger-verification/${verificationId}` })),
      });
    });
    return row;
  }
}
