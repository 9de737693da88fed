import pg from 'pg';
import { serviceUrls, sessionOptions, statementsMade } from '#persistence';
import { testPasswords } from '../database.ts';

type SqlValue = string | number | null | readonly string[];

/** A named statement as a service runs it. `settings`: the scope of its transaction, such as `{scope: 'tenant', tenant: id}`. */
export interface StatementRun {
  readonly adminUrl: string;
  readonly service: string;
  readonly statement: string;
  readonly values: readonly SqlValue[];
  readonly settings: Readonly<Record<string, string>>;
}

interface PlanNode {
  readonly Plans?: readonly PlanNode[];
  readonly [property: string]: unknown;
}

/**
 * How many rows of tables PostgreSQL looks at for a statement, including those that its filters remove. It plans as after
 * many executions: without knowing the values. Analyze the tables before, or the plan is that of empty ones.
 */
export async function rowsRead({ adminUrl, service, statement, values, settings }: StatementRun): Promise<number> {
  const text = statementsMade().find(({ name }) => name === statement)?.text;
  if (text === undefined) throw new Error(`no statement has the name ${statement}`);
  const client = new pg.Client({
    connectionString: serviceUrls(adminUrl, service, testPasswords).appUrl,
    options: `${sessionOptions(service)} -c plan_cache_mode=force_generic_plan`,
  });
  await client.connect();
  try {
    for (const [key, value] of Object.entries(settings))
      await client.query('select set_config($1, $2, false)', [`app.${key}`, value]);
    await client.query(`prepare measured as ${text}`);
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
      `explain (analyze, timing off, format json) execute measured (${values.map(literal).join(', ')})`,
    );
    return (rows[0]?.['QUERY PLAN'] ?? []).reduce((sum, { Plan }) => sum + rowsOf(Plan), 0);
  } finally {
    await client.end();
  }
}

function rowsOf(node: PlanNode): number {
  const below = (node.Plans ?? []).reduce((sum, each) => sum + rowsOf(each), 0);
  if (node['Relation Name'] === undefined) return below;
  const perLoop = ['Actual Rows', 'Rows Removed by Filter', 'Rows Removed by Index Recheck'];
  const own = perLoop.reduce((sum, property) => sum + Number(node[property] ?? 0), 0);
  return below + own * Number(node['Actual Loops'] ?? 1);
}

function literal(value: SqlValue): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  return pg.escapeLiteral(typeof value === 'string' ? value : `{${value.join(',')}}`);
}
