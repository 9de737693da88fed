import pg from 'pg';
import { statement } from './statement.ts';

/** Whose rows a transaction may see and write; the policies of contract.md §5 read nothing else. */
export type Scope =
  | { readonly kind: 'tenant'; readonly organizationId: string; readonly personId: string }
  | { readonly kind: 'network'; readonly networkId: string; readonly organizationId: string; readonly personId: string }
  | { readonly kind: 'packet'; readonly organizationId: string; readonly personId: string }
  /** `key` is the stream key of the current event or timer; '' for background loops and replicas. */
  | { readonly kind: 'system'; readonly key: string };

/** In this order everywhere below. A setting that a scope does not have is '', and '' matches nothing. */
const SETTINGS = ['app.scope', 'app.tenant', 'app.network', 'app.key', 'app.person'] as const;

function valuesOf(scope: Scope): readonly string[] {
  switch (scope.kind) {
    case 'tenant':
    case 'packet':
      return [scope.kind, scope.organizationId, '', '', scope.personId];
    case 'network':
      return [scope.kind, scope.organizationId, scope.networkId, '', scope.personId];
    case 'system':
      return [scope.kind, '', '', scope.key, ''];
  }
}

/** A NUL would end the statement's text early on the wire, however it is quoted. */
function checked(value: string): string {
  if (value.includes('\0')) throw new Error('a scope must not contain a NUL character');
  return value;
}

/**
 * `begin` and the settings in one round trip. A message with several statements takes no parameters, so the values are
 * written as literals with the driver's own quoting. `true` = until the end of this transaction: a plain SET would leak
 * to the next user of the connection (traps.md 42).
 */
export function beginIn(scope: Scope): string {
  const values = valuesOf(scope);
  const calls = SETTINGS.map((name, i) => `set_config('${name}', ${pg.escapeLiteral(checked(values[i] ?? ''))}, true)`);
  return `begin; select ${calls.join(', ')}`;
}

/** Changes the settings within a running transaction; takes the values of {@link useScopeValues}. */
export const useScopeStatement = statement(
  'use scope',
  `select ${SETTINGS.map((name, i) => `set_config('${name}', $${i + 1}, true)`).join(', ')}`,
);

/** The values of {@link useScopeStatement}. */
export function useScopeValues(scope: Scope): readonly string[] {
  return valuesOf(scope).map(checked);
}
