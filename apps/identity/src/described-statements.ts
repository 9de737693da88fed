// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { Computed, Sent } from '#persistence';

declare module '#persistence' {
  interface DescribedStatements {
    'abandon renewal of web session': { parameters: [Sent<string>]; row: object };
    'begin renewal of web session': { parameters: [Sent<string>, Sent<string>]; row: object };
    'consume oidc record': { parameters: [Sent<string>, Sent<string>, Sent<string>]; row: { kind: string } };
    'destroy oidc record': { parameters: [Sent<string>, Sent<string>]; row: object };
    'end oidc records of person': { parameters: [Sent<string>]; row: object };
    'end web session': { parameters: [Sent<string>]; row: { sealed: string } };
    'end web sessions of person': { parameters: [Sent<string>]; row: object };
    'finish renewal of web session': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>]; row: { id_hash: string } };
    'lock web session': { parameters: [Sent<string>]; row: { person_id: string; sealed: string; renewed_at: string; renewing_until: string | null; idle_at: string; ends_at: string } };
    'oidc record by id': { parameters: [Sent<string>, Sent<string>, Sent<string>]; row: { payload: unknown; consumed_at: string | null } };
    'oidc record by uid': { parameters: [Sent<string>, Sent<string>, Sent<string>]; row: { payload: unknown; consumed_at: string | null } };
    'open web session': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>]; row: object };
    'people of network': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string | number>, Sent<boolean>]; row: { person_id: string; login: string; display_name: string; organization_id: string; network_id: string; roles: readonly string[]; scopes: readonly string[]; language: string; email: string | null; active: boolean; version: number } };
    'put oidc record': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>]; row: object };
    'revoke oidc records of grant': { parameters: [Sent<string>, Sent<string>]; row: object };
    'sweep oidc records': { parameters: [Sent<string>]; row: { count: Computed<number> } };
    'sweep web sessions': { parameters: [Sent<string>]; row: object };
    'use web session': { parameters: [Sent<string>, Sent<string>]; row: object };
  }
}
