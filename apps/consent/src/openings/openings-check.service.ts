import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, streamOf, streamsAfter, type Clock, type LoggedStream, type LogSource } from '#events';
import { UnitOfWork } from '#persistence';
import { LOG, peerLogs, Peers, safeError, type Log } from '#service';
import { ledgerStream } from '../anchors/anchor.ts';
import { inChain } from '../ledger/finding.ts';
import { missingEntries, openedIn, openedReferrals, type OpenedEntry } from './opening.rows.ts';
import { openingsIn, referralsIn, type Opening } from './opening.ts';
import { ownersOfChain, type StoredFinding } from '../ledger/verification.rows.ts';

const scope = { kind: 'system', key: ledgerStream } as const;
const service = 'referrals';
const eventsAtOnce = 1_000;
const referralsAtOnce = 1_000;
/** An opening may take this long to reach the ledger; an older one without an entry is missing. */
const onItsWayMs = 10 * 60_000;

/** The log of referrals could not be read, so its openings were not checked. */
class LogUnread extends Error {}

export interface Compared {
  /** The number of openings in the log of referrals; null if it could not be read. */
  readonly openings: number | null;
  readonly findings: readonly StoredFinding[];
}

/**
 * Compares the ledger's openings with the log of referrals, which belongs to another database role. If somebody removes
 * an entry with all its seals, or adds a false one, the other side shows it.
 */
@Injectable()
export class OpeningsCheck {
  private readonly source: LogSource;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(Peers) peers: Peers,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {
    const logs = peerLogs(peers);
    this.source = async (...asked) => {
      try {
        return await logs(...asked);
      } catch (cause) {
        throw new LogUnread('the log of referrals could not be read', { cause });
      }
    };
  }

  async compare(): Promise<Compared> {
    try {
      return await this.compareAll();
    } catch (error) {
      if (!(error instanceof LogUnread)) throw error;
      this.log.warn({ error: safeError(error.cause) }, 'the ledger was not held against the log of referrals');
      return { openings: null, findings: [] };
    }
  }

  private async compareAll(): Promise<Compared> {
    const findings: StoredFinding[] = [];
    const seen = new Set<string>();
    let openings = 0;
    for (let key: string | undefined = ''; key !== undefined;) {
      const streams = await streamsAfter(this.source, service, key, eventsAtOnce);
      for (const referralId of referralsIn(streams)) seen.add(referralId);
      openings += openingsIn(streams).length;
      findings.push(...(await this.ofStreams(streams)));
      key = streams.at(-1)?.key;
    }
    return { openings, findings: [...findings, ...(await this.ofUnreadStreams(seen))] };
  }

  private async ofStreams(streams: readonly LoggedStream[]): Promise<readonly StoredFinding[]> {
    const openings = openingsIn(streams);
    const entries = await this.unitOfWork.run(scope, (tx) => openedIn(tx, referralsIn(streams)));
    const inLedger = new Set(entries.map(({ disclosureId }) => disclosureId));
    const inLog = new Set<string | null>(openings.map(({ disclosureId }) => disclosureId));
    return [
      ...(await this.withoutEntry(openings.filter(({ disclosureId }) => !inLedger.has(disclosureId)))),
      ...(await this.withoutOpening(entries.filter(({ disclosureId }) => !inLog.has(disclosureId)))),
    ];
  }

  /** Entries of referrals whose stream the log does not have completely. */
  private async ofUnreadStreams(seen: ReadonlySet<string>): Promise<readonly StoredFinding[]> {
    const findings: StoredFinding[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: readonly string[] = await this.unitOfWork.run(scope, (tx) =>
        openedReferrals(tx, after, referralsAtOnce),
      );
      const unread = page.filter((referralId) => !seen.has(referralId));
      const entries = unread.length === 0 ? [] : await this.unitOfWork.run(scope, (tx) => openedIn(tx, unread));
      findings.push(...(await this.withoutOpening(entries)));
      after = page.at(-1) ?? null;
      more = page.length === referralsAtOnce;
    }
    return findings;
  }

  private async withoutEntry(openings: readonly Opening[]): Promise<readonly StoredFinding[]> {
    const settled = new Date(Date.parse(this.clock.now()) - onItsWayMs).toISOString();
    const missing = await this.unitOfWork.run(scope, (tx) => missingEntries(tx, openings, settled));
    return Promise.all(
      missing.map((opening) =>
        this.finding(opening, { ...inChain('opening-without-entry', opening.clientId, null), ...idOf(opening) }),
      ),
    );
  }

  /** The ledger grows while the log is read: the stream is read again before anything is reported. */
  private async withoutOpening(entries: readonly OpenedEntry[]): Promise<readonly StoredFinding[]> {
    const findings: StoredFinding[] = [];
    for (const [referralId, own] of Map.groupBy(entries, (entry) => entry.referralId)) {
      const again = openingsIn([await streamOf(this.source, service, referralId, eventsAtOnce)]);
      const inLog = new Set<string | null>(again.map(({ disclosureId }) => disclosureId));
      for (const entry of own.filter(({ disclosureId }) => !inLog.has(disclosureId))) {
        const { clientId, place, entryId } = entry;
        const finding = { ...inChain('entry-without-opening', clientId, place, entryId), ...idOf(entry) };
        findings.push(await this.finding(entry, finding));
      }
    }
    return findings;
  }

  private async finding(
    of: Pick<Opening, 'clientId' | 'fromOrganizationId' | 'toOrganizationId'>,
    finding: Omit<StoredFinding, 'organizationIds'>,
  ): Promise<StoredFinding> {
    const owners = await this.unitOfWork.run(scope, (tx) => ownersOfChain(tx, of.clientId));
    return { ...finding, organizationIds: [...new Set([of.fromOrganizationId, of.toOrganizationId, ...owners])] };
  }
}

function idOf({ disclosureId }: Pick<OpenedEntry, 'disclosureId'>): Pick<StoredFinding, 'disclosureId'> {
  return { disclosureId };
}
