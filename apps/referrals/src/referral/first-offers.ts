import type { HealthcareServiceId, NewNeed } from '#contracts';
import type { ServiceFact } from '../domain/referral.ts';

type Known = ReadonlyMap<HealthcareServiceId, Pick<ServiceFact, 'need' | 'areaIds'>>;

interface Fault {
  readonly field: string;
  readonly message: string;
  readonly allowed?: string;
}

/** The services to which a new need is offered at once; none where it is offered to the pool, or to nobody yet. */
export function servicesNamed({
  healthcareServiceId,
  healthcareServiceIds = [],
}: NewNeed): readonly HealthcareServiceId[] {
  return healthcareServiceId === undefined ? healthcareServiceIds : [healthcareServiceId];
}

/** An area that a named service serves exists, so it need not be looked up. */
export function isServed(need: NewNeed, known: Known): boolean {
  return servicesNamed(need).some((id) => known.get(id)?.areaIds.includes(need.areaId) === true);
}

/** What is wrong with the offers of a new need, by field. `path`: where in the body the need is. */
export function offerFaults(need: NewNeed, path: string, known: Known): readonly Fault[] {
  const ways = [need.healthcareServiceId, need.healthcareServiceIds, need.pool === true ? true : undefined];
  if (ways.filter((way) => way !== undefined).length > 1) {
    const message = 'name one healthcareServiceId, or several healthcareServiceIds, or say pool: true';
    return [{ field: `${path}healthcareServiceId`, message, allowed: 'one of the three' }];
  }
  return servicesNamed(need).flatMap((id, index) => {
    const field = need.healthcareServiceId === id ? 'healthcareServiceId' : `healthcareServiceIds[${index}]`;
    return serviceFaults(need, `${path}${field}`, known.get(id));
  });
}

function serviceFaults({ need }: NewNeed, field: string, service: Pick<ServiceFact, 'need'> | undefined): Fault[] {
  if (service === undefined) {
    const allowed = 'an id of /api/directory/healthcare-services';
    return [{ field, message: 'no healthcare service has this id', allowed }];
  }
  if (service.need === need) return [];
  return [{ field, message: `this service is for ${service.need}, not for ${need}`, allowed: `a service for ${need}` }];
}
