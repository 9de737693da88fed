import { LedgerAnchored } from '#contracts';
import { statement, type Tx } from '#persistence';
import { ledgerStream, type ChainHead } from './anchor.ts';

/** An anchor with its place in the log. */
export interface LoggedAnchor {
  readonly version: number;
  readonly anchor: LedgerAnchored;
}

interface AnchorRow {
  readonly version: number;
  readonly data: Omit<LedgerAnchored, 'type'>;
}

const waiting = statement(
  'ledger entries to anchor',
  'select exists (select from ledger_unanchored) as waiting',
).reads<{ waiting: boolean }>();
const taken = statement(
  'take ledger entries to anchor',
  `delete from ledger_unanchored u using (
     select client_id, place from ledger_unanchored order by client_id, place limit $1 for update skip locked) t
   where u.client_id = t.client_id and u.place = t.place
   returning u.client_id as "clientId", u.place, u.seal`,
).reads<ChainHead>();
const last = statement(
  'last ledger anchor',
  `select stream_version as version, data from event
   where stream_key = $1 and type = '${LedgerAnchored.type}' order by stream_version desc limit 1`,
).reads<AnchorRow>();
const after = statement(
  'ledger anchors',
  `select stream_version as version, data from event
   where stream_key = $1 and stream_version > $2 and type = '${LedgerAnchored.type}' order by stream_version limit $3`,
).reads<AnchorRow>();
const cutShort = statement(
  'ledger stream is cut short',
  `select exists (select from stream s where s.key = $1
     and s.version > (select coalesce(max(e.stream_version), 0) from event e where e.stream_key = $1)) as short`,
).reads<{ short: boolean }>();

export async function isAnchorDue(tx: Tx): Promise<boolean> {
  return (await tx.query(waiting))[0]?.waiting === true;
}

/** Takes at most this many entries that no anchor covers yet: the last one of each chain, as they were sealed. */
export async function takeUnanchored(tx: Tx, limit: number): Promise<readonly ChainHead[]> {
  const entries = await tx.query(taken, [limit]);
  const heads = new Map<string, ChainHead>();
  for (const entry of entries)
    if (entry.place > (heads.get(entry.clientId)?.place ?? 0)) heads.set(entry.clientId, entry);
  return [...heads.values()].sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
}

export async function lastAnchor(tx: Tx): Promise<LedgerAnchored | undefined> {
  const [row] = await tx.query(last, [ledgerStream]);
  return row === undefined ? undefined : LedgerAnchored.of(row.data);
}

/** In order. */
export async function anchorsAfter(tx: Tx, version: number, limit: number): Promise<readonly LoggedAnchor[]> {
  const rows = await tx.query(after, [ledgerStream, version, limit]);
  return rows.map((row) => ({ version: row.version, anchor: LedgerAnchored.of(row.data) }));
}

/** Tells whether the log has lost events at the end of the ledger's stream. */
export async function isCutShort(tx: Tx): Promise<boolean> {
  return (await tx.query(cutShort, [ledgerStream]))[0]?.short === true;
}
