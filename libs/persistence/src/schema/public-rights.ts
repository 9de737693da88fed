/** The kinds of schema objects on which a right can be granted as a whole. */
const kinds = ['tables', 'sequences', 'functions'] as const;

/**
 * SQL that revokes all rights on a service's schema from roles of others. PostgreSQL lets PUBLIC execute each new
 * function. Existing functions are granted to the application, which could execute them until now; later ones belong to
 * it from the start. A function that a migration revoked from PUBLIC stays revoked.
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
