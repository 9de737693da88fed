import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { PersonId } from '#contracts';
import { LOG, Metrics, type Log } from '#service';
import type { AnchorMark } from '../anchors/anchor.ts';
import { LedgerAnchoring } from '../anchors/ledger-anchoring.service.ts';
import { LedgerVerification, type Verifying } from './ledger-verification.service.ts';
import type { VerificationRow } from './verification.rows.ts';

/** Reports a verification's result where people see it: in the process log and in its metrics. */
@Injectable()
export class VerificationAlarm implements OnModuleInit {
  private last: VerificationRow | undefined;

  constructor(
    private readonly verification: LedgerVerification,
    private readonly anchoring: LedgerAnchoring,
    private readonly metrics: Metrics,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    const of = (value: (row: VerificationRow) => number) => (): number =>
      this.last === undefined ? Number.NaN : value(this.last);
    const { metrics } = this;
    metrics.gauge(
      'ledger_findings',
      'Traces of tampering that the last verification of the disclosure ledger found: alarm on any.',
      of((row) => row.finding_count),
    );
    metrics.gauge(
      'ledger_verified_seconds',
      'When the disclosure ledger was last verified, in seconds since 1970.',
      of((row) => Date.parse(row.finished_at) / 1000),
    );
  }

  /** Adds the anchors that this process remembers to those that were given. */
  async verify(askedBy: PersonId | null, brought: readonly AnchorMark[]): Promise<Verifying> {
    const own = this.anchoring.made;
    const verifying = await this.verification.verify(askedBy, brought, own === undefined ? [] : [own]);
    verifying.done.then(
      (row) => this.tell(row),
      () => undefined,
    );
    return verifying;
  }

  private tell(row: VerificationRow): void {
    this.last = row;
    const { verification_id: verificationId, chains, entries, anchors, openings, findings } = row;
    const { finding_count: findingCount } = row;
    const counts = { verificationId, chains, entries, anchors, openings, findingCount };
    if (findingCount === 0) this.log.info(counts, 'the disclosure ledger is intact');
    else this.log.error({ ...counts, findings }, 'the disclosure ledger was tampered with');
  }
}
