import pg from 'pg';

/** Oids of pg_type; they never change. */
const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;
const DATE_ARRAY = 1182;
const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;

const UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

/**
 * `2026-11-24 06:17:00.12+00` becomes `2026-11-24T06:17:00.120Z`. Values that are not instants (`infinity`, BC) stay
 * unchanged.
 */
export function instantText(text: string): string {
  const parts = UTC.exec(text);
  if (parts !== null) return `${parts[1]}T${parts[2]}.${(parts[3] ?? '').slice(0, 3).padEnd(3, '0')}Z`;
  const time = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

const same = (text: string): string => text;

/** pg's types are wrong here: they say that `arrayParser` itself is the function. */
const lists = pg.types.arrayParser as unknown as {
  create<T>(source: string, each: (entry: string) => T): { parse(): readonly T[] };
};

function listOf<T>(each: (text: string) => T): (text: string) => readonly T[] {
  return (text) => lists.create(text, each).parse();
}

/**
 * How values are returned: timestamptz as ISO text with ms and Z, date as `YYYY-MM-DD`, int8 as text (it does not fit a
 * JavaScript number), int4 as a number, jsonb parsed. Set per connection, not per process, so that nobody else is
 * affected.
 */
export function connectionTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(TIMESTAMPTZ, instantText);
  types.setTypeParser(TIMESTAMPTZ_ARRAY, listOf(instantText));
  types.setTypeParser(DATE, same);
  types.setTypeParser(DATE_ARRAY, listOf(same));
  types.setTypeParser(INT8, same);
  types.setTypeParser(INT8_ARRAY, listOf(same));
  return types;
}

/** For entity columns of type timestamptz: TypeORM turns our text into a Date; this turns it back. */
export const instantColumn = {
  to: (value: string | null | undefined): string | null | undefined => value,
  from: (value: Date | string | null): string | null => (value instanceof Date ? value.toISOString() : value),
};
