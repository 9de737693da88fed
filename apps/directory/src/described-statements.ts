// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { Sent } from '#persistence';

declare module '#persistence' {
  interface DescribedStatements {
    'healthcare services for need': { parameters: [Sent<string>, Sent<string>, Sent<readonly Sent<string>[]>]; row: { healthcare_service_id: string; organization_id: string; code: string; area_ids: readonly string[]; languages: readonly string[]; openness: string } };
    'healthcare services of network': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<string | number>]; row: { healthcare_service_id: string; network_id: string; organization_id: string; code: string; name: string; need: string; area_ids: readonly string[]; languages: readonly string[]; openness: string; openness_at: string; required: readonly string[]; asked: readonly string[]; active: boolean; version: number; said_by: string | null } };
  }
}
