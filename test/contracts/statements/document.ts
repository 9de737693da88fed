import type { DescribedColumn, Description } from './describe.ts';

/** TypeScript's type for a type of PostgreSQL, as the driver reads and writes it (libs/persistence/src/type-parsers.ts). */
const types: Readonly<Record<string, string>> = {
  ...{ bool: 'boolean', int2: 'number', int4: 'number', float8: 'number', bytea: 'Buffer', json: 'unknown' },
  ...{ jsonb: 'unknown', int8: 'string', numeric: 'string', text: 'string', uuid: 'string', varchar: 'string' },
  ...{ timestamptz: 'string', date: 'string', xid8: 'string', oid: 'number', void: 'string', name: 'string' },
};

/** Values that the driver sends as text: a document as JSON, a large number as digits or as a number. */
const sent: Readonly<Record<string, string>> = { json: 'string', jsonb: 'string', int8: 'string | number' };

/** What statements whose names are composed in one way have in common. `differ`: their parameters have nothing in common. */
export interface Common {
  readonly parameters: readonly string[] | 'differ';
  readonly columns: readonly DescribedColumn[];
}

/** Undefined if their rows differ, so that nothing can be said of them by their name. */
export function inCommon([first, ...others]: readonly Description[]): Common | undefined {
  if (first === undefined) return undefined;
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  if (!others.every(({ columns }) => isSame(columns, first.columns))) return undefined;
  return others.every(({ parameters }) => isSame(parameters, first.parameters))
    ? first
    : { ...first, parameters: 'differ' };
}

/** The text of a generated `described-statements.ts`: one line a name, so that a change of one changes one line. */
export function documentOf(
  module: string,
  described: ReadonlyMap<string, Description>,
  composed: ReadonlyMap<string, Common>,
): string {
  const lines = [
    ...sorted(composed).map(([name, each]) => `[name: \`${name}\`]${typeOfStatement(each)}`),
    ...sorted(described).map(([name, each]) => `${keyOf(name)}${typeOfStatement(each)}`),
  ];
  const names = ['Computed', 'Sent'].filter((name) => lines.some((line) => line.includes(`${name}<`)));
  return `// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { ${names.join(', ')} } from '${module}';

declare module '${module}' {
  interface DescribedStatements {
${lines.map((line) => `    ${line}`).join('\n')}
  }
}
`;
}

function sorted<Each>(byName: ReadonlyMap<string, Each>): readonly (readonly [string, Each])[] {
  return [...byName].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function typeOfStatement({ parameters, columns }: Common): string {
  const row = columns.map(({ name: column, ...type }) => `${keyOf(column)}: ${columnType(type)}`).join('; ');
  const values = parameters === 'differ' ? 'readonly unknown[]' : `[${parameters.map(sentType).join(', ')}]`;
  return `: { parameters: ${values}; row: ${row === '' ? 'object' : `{ ${row} }`} };`;
}

function sentType(type: string): string {
  return type.startsWith('_') ? `Sent<readonly ${sentType(type.slice(1))}[]>` : `Sent<${sent[type] ?? typeOf(type)}>`;
}

function keyOf(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : `'${name}'`;
}

function columnType({ type, nulls }: Omit<DescribedColumn, 'name'>): string {
  const plain = typeOf(type);
  if (plain === 'unknown') return plain;
  switch (nulls) {
    case 'never':
      return plain;
    case 'sometimes':
      return `${plain} | null`;
    case 'unknown':
      return `Computed<${plain}>`;
  }
}

function typeOf(type: string): string {
  if (type.startsWith('_')) return `readonly ${typeOf(type.slice(1))}[]`;
  const known = types[type];
  if (known === undefined) throw new Error(`the type ${type} of PostgreSQL has no row in ${import.meta.filename}`);
  return known;
}
