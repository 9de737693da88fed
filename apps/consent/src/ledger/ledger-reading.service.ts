import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#persistence';
import { AnchorCheck } from '../anchors/anchor-check.ts';
import { AnchorKeys } from '../anchors/anchor-keys.service.ts';
import { anchorsAfter, isCutShort } from '../anchors/anchor.rows.ts';
import { ledgerStream, type AnchorMark, type ChainHead } from '../anchors/anchor.ts';
import { checkChain } from './chain-check.ts';
import { ofAnchor, type Finding } from './finding.ts';
import { OpeningsCheck } from '../openings/openings-check.service.ts';
import {
  chainOfClient,
  entriesOfClients,
  headsAfter,
  ownersOfChain,
  type ReadEntry,
  type StoredFinding,
} from './verification.rows.ts';

const scope = { kind: 'system', key: ledgerStream } as const;
const chainsAtOnce = 50;
const anchorsAtOnce = 500;
export interface LedgerReading {
  readonly chains: number;
  readonly entries: number;
  readonly anchors: number;
  readonly openings: number | null;
  readonly lastAnchor: AnchorMark | null;
  readonly findings: readonly StoredFinding[];
}

type ChainAt = Omit<Parameters<typeof checkChain>[0], 'withoutEvent' | 'entries'> & {
  readonly entries: readonly ReadEntry[];
};

/** Reads the whole ledger in small pages while it grows, and compares it with its seals and its anchors. */
@Injectable()
export class LedgerReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: AnchorKeys,
    private readonly openings: OpeningsCheck,
  ) {}

  /** `kept`: copies of anchors from outside the database. */
  async read(kept: readonly AnchorMark[]): Promise<LedgerReading> {
    const { check, anchors, findings } = await this.anchors(kept);
    const stored: StoredFinding[] = findings.map((finding) => ({ ...finding, organizationIds: [] }));
    let [chains, entries] = [0, 0];
    const unseen = new Map(check.anchored);
    for (let after: string | null = null, more = true; more;) {
      const page = await this.page(after);
      for (const chain of page.chains) {
        const anchored = unseen.get(chain.clientId);
        unseen.delete(chain.clientId);
        chains += 1;
        entries += chain.entries.length;
        stored.push(...(await this.suspected({ ...chain, anchored })));
      }
      after = page.last;
      more = page.last !== null;
    }
    for (const anchored of unseen.values())
      stored.push(...(await this.suspected({ clientId: anchored.clientId, entries: [], head: undefined, anchored })));
    const lastAnchor = check.last.number === 0 ? null : check.last;
    const compared = await this.openings.compare();
    const all = [...stored, ...compared.findings];
    return { chains, entries, anchors, openings: compared.openings, lastAnchor, findings: all };
  }

  private async anchors(
    kept: readonly AnchorMark[],
  ): Promise<{ check: AnchorCheck; anchors: number; findings: readonly Finding[] }> {
    const check = new AnchorCheck(this.keys.known, kept);
    let [anchors, version, more] = [0, 0, true];
    while (more) {
      const page = await this.unitOfWork.run(scope, (tx) => anchorsAfter(tx, version, anchorsAtOnce));
      for (const { anchor } of page) check.add(anchor);
      anchors += page.length;
      version = page.at(-1)?.version ?? version;
      more = page.length === anchorsAtOnce;
    }
    const short = await this.unitOfWork.run(scope, isCutShort);
    const findings = check.findings();
    const cut = short && findings.length === 0 ? [ofAnchor('anchor-removed', check.last.number + 1)] : [];
    return { check, anchors, findings: [...findings, ...cut] };
  }

  /** The next chains; the last page also contains chains whose head is missing. */
  private async page(
    after: string | null,
  ): Promise<{ chains: readonly Omit<ChainAt, 'anchored'>[]; last: string | null }> {
    return this.unitOfWork.run(scope, async (tx) => {
      const heads = await headsAfter(tx, after, chainsAtOnce);
      const last = heads.length === chainsAtOnce ? (heads.at(-1)?.clientId ?? null) : null;
      const entries = Map.groupBy(await entriesOfClients(tx, after, last), (entry) => entry.clientId);
      const byClient = new Map<string, ChainHead>(heads.map((head) => [head.clientId, head]));
      const clientIds = [...new Set([...byClient.keys(), ...entries.keys()])];
      const chains = clientIds.map((clientId) => ({
        clientId,
        entries: entries.get(clientId) ?? [],
        head: byClient.get(clientId),
      }));
      return { chains, last };
    });
  }

  /** The ledger grows during the check: a chain that looks broken is read again, in one snapshot, before it is reported. */
  private async suspected(chain: ChainAt): Promise<readonly StoredFinding[]> {
    if (findingsOf(chain).length === 0) return [];
    const { clientId, anchored } = chain;
    return this.unitOfWork.run(scope, async (tx) => {
      const again = { clientId, anchored, ...(await chainOfClient(tx, clientId)) };
      const findings = findingsOf(again);
      if (findings.length === 0) return [];
      const parties = again.entries.flatMap((entry) => [entry.fromOrganizationId, entry.toOrganizationId]);
      const organizationIds = [...new Set([...parties, ...(await ownersOfChain(tx, clientId))])];
      return findings.map((finding) => ({ ...finding, organizationIds }));
    });
  }
}

function findingsOf({ entries, ...chain }: ChainAt): readonly Finding[] {
  const withoutEvent = new Set(entries.filter((entry) => entry.unheard).map((entry) => entry.entryId));
  return checkChain({ ...chain, withoutEvent, entries: entries.map(({ unheard: _, ...entry }) => entry) });
}
