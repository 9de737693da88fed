import { Inject, Injectable } from '@nestjs/common';
import { systemActor } from '#access';
import { chainsPerAnchor, type LedgerAnchored } from '#contracts';
import { CLOCK, EventLog, IDS, type Clock, type Ids } from '#events';
import { UnitOfWork } from '#persistence';
import { AnchorKeys } from './anchor-keys.service.ts';
import { isAnchorDue, lastAnchor, takeUnanchored } from './anchor.rows.ts';
import { anchorDigest, anchorOf, firstAnchor, ledgerStream, type AnchorMark } from './anchor.ts';

const scope = { kind: 'system', key: ledgerStream } as const;
const entriesAtOnce = 1000;

/**
 * Signs the ends of the chains and publishes them as an event, in the log and in the topic, where the database cannot
 * undo it.
 */
@Injectable()
export class LedgerAnchors {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly log: EventLog,
    private readonly keys: AnchorKeys,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Anchors up to some thousand newly sealed entries. Returns the anchors made; none if there were no new entries. */
  async anchor(): Promise<readonly LedgerAnchored[]> {
    const due = await this.unitOfWork.run(scope, isAnchorDue);
    if (!due) return [];
    return this.unitOfWork.run(scope, async (tx) => {
      const version = await this.log.lockStream(tx, ledgerStream);
      const heads = await takeUnanchored(tx, entriesAtOnce);
      const before = await lastAnchor(tx);
      const now = this.clock.now();
      let mark: AnchorMark = before === undefined ? { number: 0, digest: firstAnchor } : markOf(before);
      const anchors: LedgerAnchored[] = [];
      for (let from = 0; from < heads.length; from += chainsPerAnchor) {
        const anchor = anchorOf(heads.slice(from, from + chainsPerAnchor), mark, now, this.keys.current);
        mark = markOf(anchor);
        anchors.push(anchor);
      }
      const events = anchors.map((event) => ({ event, subject: `ledger/${ledgerStream}` }));
      const correlationId = this.ids.next();
      await this.log.record(tx, {
        key: ledgerStream,
        version,
        now,
        actor: systemActor('system'),
        correlationId,
        events,
      });
      return anchors;
    });
  }
}

export function markOf(anchor: LedgerAnchored): AnchorMark {
  return { number: anchor.number, digest: anchorDigest(anchor) };
}
