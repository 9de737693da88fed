import { withClient } from '#persistence';

const commands = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;
const scopes = ['tenant', 'network', 'packet', 'system'] as const;

interface TableRow {
  readonly name: string;
  readonly guarded: boolean;
  readonly granted: readonly string[];
}

interface PolicyRow {
  readonly table: string;
  readonly cmd: string;
  readonly words: string;
}

/**
 * For every table of a service's schema: the commands that its application has a right to, and the scopes in which a
 * policy could allow them (`any` if there is no policy). One line per table, to be compared by eye.
 */
export async function reachOf(adminUrl: string, service: string): Promise<Readonly<Record<string, string>>> {
  return withClient(adminUrl, async (client) => {
    const tables = await client.query<TableRow>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
              array(select p from unnest($2::text[]) p where has_table_privilege($1 || '_app', c.oid, p)) as granted
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relkind in ('r', 'p') order by 1`,
      [service, [...commands, 'TRUNCATE']],
    );
    const policies = await client.query<PolicyRow>(
      `select tablename as "table", cmd, coalesce(qual, '') || ' ' || coalesce(with_check, '') as words
         from pg_policies where schemaname = $1`,
      [service],
    );
    return Object.fromEntries(tables.rows.map((table) => [table.name, lineOf(table, policies.rows)]));
  });
}

function lineOf({ name, guarded, granted }: TableRow, policies: readonly PolicyRow[]): string {
  return granted
    .map((command) => {
      if (!guarded) return `${command.toLowerCase()} any`;
      const own = policies.filter((each) => each.table === name && [command, 'ALL'].includes(each.cmd));
      const open = scopes.filter((scope) => own.some((each) => opensIn(each.words, scope)));
      return `${command.toLowerCase()} ${own.some((each) => !/app\.scope/.test(each.words)) ? 'any' : open.join(' ') || 'none'}`;
    })
    .join(' · ');
}

function opensIn(words: string, scope: string): boolean {
  return words.includes(`'${scope}'::text`);
}
