import type { DomainEvent, EventActor, InstantText } from '#contracts';
import type { TimerChange } from '../timers/timer.ts';

/** The answer of a command as it is stored and replayed. `body` is JSON without client data (contract.md §1). */
export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string;
  readonly position?: string;
  readonly location?: string;
}

/** A table that `record` may write. `columns` include the `key` columns; all are column names of the service's schema. */
export interface TableShape {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

const recorded: TableShape[] = [];

/** A table that `record` may write: a test compares its columns with the migrated schema. */
export function recordedTable(shape: TableShape): TableShape {
  recorded.push(shape);
  return shape;
}

/** Every {@link recordedTable} that this process has made so far. */
export function recordedTables(): readonly TableShape[] {
  return [...recorded];
}

/** Whole rows to insert, or to replace rows with the same key. A column left out is written as null. */
export interface RowWrite {
  readonly table: TableShape;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Everything that one command writes, in the order of architecture.md §4 step 6. */
export interface Recording {
  readonly key: string;
  /** The stream's version when it was locked; event i gets `version + 1 + i`. */
  readonly version: number;
  readonly now: InstantText;
  readonly actor: EventActor;
  readonly correlationId: string;
  readonly causationId?: string | null;
  readonly traceparent?: string | null;
  /** Without events the stream's version does not change. */
  readonly events: readonly { readonly event: DomainEvent; readonly subject: string }[];
  readonly rows?: readonly RowWrite[];
  readonly timers?: readonly TimerChange[];
  readonly answer?: {
    readonly personId: string;
    readonly key: string;
    readonly requestHash: string;
    readonly stored: StoredAnswer;
  };
}
