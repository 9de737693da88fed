// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { Computed, Sent } from '#persistence';

declare module '#persistence' {
  interface DescribedStatements {
    'begin snapshots': { parameters: [Sent<readonly Sent<string>[]>]; row: object };
    'begin visibility': { parameters: [Sent<readonly Sent<string>[]>, Sent<string>]; row: object };
    'changes seen': { parameters: [Sent<string | number>, Sent<string | number>, Sent<string | number>]; row: { change_id: string; task_id: string | null; referral_id: string; version: number } };
    claimants: { parameters: [Sent<string>]; row: object };
    'forget changes': { parameters: [Sent<string>]; row: object };
    'insert items': { parameters: [Sent<string>]; row: object };
    'kept changes': { parameters: []; row: { first: Computed<string>; last: Computed<string> } };
    'load snapshots': { parameters: [Sent<readonly Sent<string>[]>]; row: { referral_id: string; base: unknown; base_version: number; facts: unknown } };
    'load visibility': { parameters: [Sent<readonly Sent<string>[]>]; row: { referral_id: string; sides: unknown } };
    'lock changes': { parameters: []; row: { pg_advisory_xact_lock: Computed<string> } };
    'readers of items': { parameters: [Sent<readonly Sent<string>[]>]; row: { referral_id: string; version: number; type: string; actor_organization_id: string | null; task_id: string | null; service_request_id: string | null; sender_organization_id: string | null; network_id: string | null; agency_ids: readonly string[]; told_to_sender: boolean } };
    'record changes': { parameters: [Sent<string>]; row: object };
    'save snapshots': { parameters: [Sent<string>]; row: object };
    'save visibility': { parameters: [Sent<string>]; row: object };
    timeline: { parameters: [Sent<string>]; row: { version: number; event_id: string; type: string; at: string; actor_id: string | null; actor_role: string; actor_organization_id: string | null; event: unknown; sender_organization_id: string | null } };
    'touched by changes': { parameters: [Sent<string | number>]; row: { change_id: string; sender_organization_id: string | null; network_id: string | null; agency_ids: readonly string[] } };
    'update readers': { parameters: [Sent<string>]; row: object };
  }
}
