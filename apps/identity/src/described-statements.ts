// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { Computed, Sent } from '#persistence';

declare module '#persistence' {
  interface DescribedStatements {
    'consume oidc record': { parameters: [Sent<string>, Sent<string>, Sent<string>]; row: { kind: string } };
    'destroy oidc record': { parameters: [Sent<string>, Sent<string>]; row: object };
    'end oidc records of person': { parameters: [Sent<string>]; row: object };
    'oidc record by id': { parameters: [Sent<string>, Sent<string>, Sent<string>]; row: { payload: unknown; consumed_at: string | null } };
    'oidc record by uid': { parameters: [Sent<string>, Sent<string>, Sent<string>]; row: { payload: unknown; consumed_at: string | null } };
    'people of network': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string | number>, Sent<boolean>]; row: { person_id: string; login: string; display_name: string; organization_id: string; network_id: string; roles: readonly string[]; scopes: readonly string[]; language: string; email: string | null; active: boolean; version: number } };
    'put oidc record': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>]; row: object };
    'revoke oidc records of grant': { parameters: [Sent<string>, Sent<string>]; row: object };
    'sweep oidc records': { parameters: [Sent<string>]; row: { count: Computed<number> } };
  }
}
