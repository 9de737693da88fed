import type { OrganizationId } from '#contracts';
import { covers } from '../access/access.ts';
import type { ConsentFact, EligibleFact, Facts } from '../model/facts.ts';

/** An eligible organization that consent names: it sees the pool's entry and may claim it (domain.md row 22). */
export type Covered = EligibleFact & { readonly consent: ConsentFact };

/** One entry an organization, its first service that consent covers. */
export function coveredEntries(facts: Pick<Facts, 'eligible'>): readonly Covered[] {
  const byOrganization = new Map<OrganizationId, Covered>();
  for (const entry of facts.eligible) {
    const { consent, organizationId } = entry;
    if (byOrganization.has(organizationId) || !covers(consent, entry.required) || !consent.fresh) continue;
    byOrganization.set(organizationId, { ...entry, consent });
  }
  return [...byOrganization.values()];
}

/** The claimer's own entry; null where consent does not name it. */
export function claimable(facts: Pick<Facts, 'eligible'>, organizationId: OrganizationId | null): Covered | null {
  return coveredEntries(facts).find((each) => each.organizationId === organizationId) ?? null;
}
