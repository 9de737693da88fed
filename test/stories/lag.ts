import type { Person } from './people.ts';

/** How far a service is with sending and reading. */
export interface ServiceLag {
  readonly relay: { readonly oldestUnsentAt: string | null; readonly lagMs: number; readonly position: string };
  readonly groups: readonly { readonly group: string; readonly lag: number }[] | null;
}

export function lagOf(networkAdmin: Person, service: string): Promise<ServiceLag> {
  return networkAdmin.get<ServiceLag>(`/api/${service}/lag`);
}
