import { readingTables } from './inbox/inbox.tables.ts';
import { writingTables } from './writing.tables.ts';

/** Statements that each service's first migration runs, in this order. */
export const eventTables: readonly string[] = [...writingTables, ...readingTables];
