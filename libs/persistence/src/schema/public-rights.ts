/** The kinds of things in a schema that a role may be granted on as a whole. */
const kinds = ['tables', 'sequences', 'functions'] as const;

/**
 * SQL that leaves nothing of a service's schema to roles that are not the service's. PostgreSQL lets everybody run each
 * new function: those that stand go over to the application, which could run them until now, and later ones are its own
 * from the start. A function that a migration took from everybody stays taken.
 */
export function takeFromPublic(schema: string, owner: string, app: string): string {
  return `
    do $$ declare open text; begin
      for open in
        select p.oid::regprocedure::text from pg_proc as p
         where p.pronamespace = '${schema}'::regnamespace and exists (
           select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as acl where acl.grantee = 0)
      loop
        execute format('grant execute on routine %s to ${app}', open);
      end loop;
    end $$;
    revoke all on schema ${schema} from public;
    ${kinds.map((kind) => `revoke all on all ${kind} in schema ${schema} from public;`).join('\n    ')}
    revoke all on all procedures in schema ${schema} from public;
    alter default privileges for role ${owner} revoke execute on routines from public;
    alter default privileges for role ${owner} in schema ${schema} grant execute on routines to ${app};
  `;
}
