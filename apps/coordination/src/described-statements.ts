// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { Computed, Sent } from '#persistence';

declare module '#persistence' {
  interface DescribedStatements {
    [name: `board ${string} ${string}`]: { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<readonly Sent<string>[]>, Sent<string>, Sent<string>, Sent<string>, Sent<string | number>]; row: { service_request_id: string; referral_id: string; sender_organization_id: string | null; network_id: string | null; need: string | null; priority: string; needed_by: string | null; created_by: string | null; opened_at: string | null; task_count: number; result: string; open: boolean; task_id: string | null; state: string | null; sub_state: string | null; waits_for: string; recipient_organization_id: string | null; state_since: string | null; last_type: string | null; last_at: string | null; proposed_at: string | null; due_timer: string | null; due_at: string | null; soon_at: string | null; critical_at: string | null; version: number } };
    [name: `inbox rows ${string}`]: { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<readonly Sent<string>[]>, Sent<string>, Sent<readonly Sent<string>[]>, Sent<string>, Sent<string | number>]; row: { task_id: Computed<string>; referral_id: Computed<string>; service_request_id: Computed<string>; sender_organization_id: Computed<string>; recipient_organization_id: Computed<string>; eligible_organization_ids: Computed<readonly string[]>; network_id: Computed<string>; need: Computed<string>; priority: Computed<string>; state: Computed<string>; sub_state: Computed<string>; waits_for: Computed<string>; open: Computed<boolean>; due_timer: Computed<string>; due_at: Computed<string>; soon_at: Computed<string>; critical_at: Computed<string>; owner_id: Computed<string>; healthcare_service_id: Computed<string>; assignment: Computed<string>; last_type: Computed<string>; last_at: Computed<string>; sent_at: Computed<string>; version: Computed<number>; contact_prohibited: Computed<boolean>; contact_channels: Computed<readonly string[]>; needed_by: Computed<string>; state_since: Computed<string>; attempts: unknown; appointment_at: Computed<string>; review_on: Computed<string> } };
    [name: `upsert ${string}`]: { parameters: [Sent<string>]; row: object };
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
