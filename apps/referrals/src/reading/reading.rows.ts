import type { DayText, InstantText, ReadingKind, ReadingView } from '#contracts';
import { statement, type Tx } from '#persistence';

export interface NewReading {
  readonly readingId: string;
  readonly clientId: string;
}

const insert = statement(
  'note-readings',
  `insert into client_reading (reading_id, reader_id, day, client_id, kind, organization_id, at)
   select r.reading_id, $3, $4::timestamptz at time zone 'UTC', r.client_id, $5, $6, $4
     from unnest($1::uuid[], $2::uuid[]) as r (reading_id, client_id)
   on conflict (reader_id, day, client_id, kind) do nothing
   returning client_id as "clientId"`,
).reads<{ clientId: string }>();

const noted = statement(
  'noted-readings',
  `select client_id as "clientId" from client_reading
   where reader_id = $1 and day = ($2::timestamptz at time zone 'UTC')::date and client_id = any($3::uuid[]) and kind = $4`,
).reads<{ clientId: string }>();

const page = statement(
  'readings-page',
  `select reading_id as "readingId", at, reader_id as "readerId", organization_id as "organizationId",
          client_id as "clientId", kind
     from client_reading
    where organization_id = $1
      and ($2::uuid is null or client_id = $2) and ($3::uuid is null or reader_id = $3)
      and ($4::date is null or day = $4)
      and ($5::timestamptz is null or (at, reading_id) < ($5, $6::uuid))
    order by at desc, reading_id desc limit $7`,
).reads<ReadingView>();

export interface Reader {
  readonly personId: string;
  readonly organizationId: string;
}

/**
 * Records what is new today, in the scope of the reader; returns of which clients. The rows are sorted, so that two
 * transactions cannot deadlock.
 */
export async function noteReadings(
  tx: Tx,
  reader: Reader,
  kind: ReadingKind,
  now: InstantText,
  readings: readonly NewReading[],
): Promise<ReadonlySet<string>> {
  const ordered = readings.toSorted((a, b) => (a.clientId < b.clientId ? -1 : 1));
  const rows = await tx.query(insert, [
    ordered.map((each) => each.readingId),
    ordered.map((each) => each.clientId),
    reader.personId,
    now,
    kind,
    reader.organizationId,
  ]);
  return new Set(rows.map((row) => row.clientId));
}

/** Those of these clients for whom a read of this kind by this reader is already recorded today. */
export async function notedToday(
  tx: Tx,
  reader: Reader,
  kind: ReadingKind,
  now: InstantText,
  clientIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query(noted, [reader.personId, now, clientIds, kind]);
  return new Set(rows.map((row) => row.clientId));
}

export interface ReadingsPage {
  readonly organizationId: string;
  readonly clientId: string | undefined;
  readonly readerId: string | undefined;
  readonly day: DayText | undefined;
  readonly below: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** The newest first. */
export function readingsPage(tx: Tx, asked: ReadingsPage): Promise<readonly ReadingView[]> {
  return tx.query(page, [
    asked.organizationId,
    asked.clientId ?? null,
    asked.readerId ?? null,
    asked.day ?? null,
    asked.below?.at ?? null,
    asked.below?.id ?? null,
    asked.limit,
  ]);
}
