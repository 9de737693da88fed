import type { InstantText, LedgerBroken } from '#contracts';
import { statement, type Tx } from '#persistence';
import type { StoredFinding } from './verification.rows.ts';

const keepNew = statement(
  'keep new ledger findings',
  `insert into ledger_finding (finding, verification_id, found_at)
   select unnest($1::text[]), $2, $3 on conflict do nothing returning finding`,
).reads<{ finding: string }>();
/** More organizations than this are not listed: everybody is notified. */
const mostNamed = 100;

/**
 * Stores the findings that no earlier verification had, and returns them: each is reported once, however often it is
 * found.
 */
export async function newFindings(
  tx: Tx,
  findings: readonly StoredFinding[],
  { verificationId, now }: { readonly verificationId: string; readonly now: InstantText },
): Promise<readonly StoredFinding[]> {
  if (findings.length === 0) return [];
  const byName = new Map(findings.map((finding) => [nameOf(finding), finding]));
  const kept = await tx.query(keepNew, [[...byName.keys()], verificationId, now]);
  return kept.flatMap(({ finding }) => byName.get(finding) ?? []);
}

/** The report about new findings: how many, and who is affected. */
export function toldOf(findings: readonly StoredFinding[]): Pick<LedgerBroken, 'newFindings' | 'organizationIds'> {
  const named = new Set(findings.flatMap((finding) => finding.organizationIds));
  const everybody = findings.some((finding) => finding.organizationIds.length === 0) || named.size > mostNamed;
  return { newFindings: findings.length, organizationIds: everybody ? [] : [...named].sort() };
}

function nameOf({ kind, clientId, place, entryId, anchorNumber, disclosureId }: StoredFinding): string {
  return [kind, clientId, place, entryId, anchorNumber, disclosureId].map((each) => each ?? '-').join(' ');
}
