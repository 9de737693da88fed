import {
  primaryLanguage,
  type AreaId,
  type HealthcareServiceId,
  type Language,
  type Openness,
  type OrganizationId,
  type RankedCandidateView,
} from '#contracts';

/** The facts that the ranking uses. `code` is unique in its network. */
export interface RankedService {
  readonly healthcareServiceId: HealthcareServiceId;
  readonly organizationId: OrganizationId;
  readonly code: string;
  readonly areaIds: readonly AreaId[];
  readonly languages: readonly Language[];
  readonly openness: Openness;
}

/** The area in which the client needs the service, and the language, if one was given. */
export interface Wanted {
  readonly areaId: AreaId;
  readonly language?: string;
}

type Reason = RankedCandidateView['reasons'][number];
/** Smaller is better, compared from the first number on. */
type Merit = readonly number[];

const opennessMerit: Readonly<Record<Openness, number>> = { open: 0, waitlist: 1, closed: 2 };

/**
 * Ranks the services of one need. The order is that of domain.md §2 (reroute): eligibility, distance, language, capacity;
 * here area, then language, then openness. Closed and out-of-area services come last: closed ones in the area before
 * those outside it. They are never left out, so that the reader sees that they exist, and why they do not fit. Ties are
 * ordered by code.
 */
export function rankCandidates(services: readonly RankedService[], wanted: Wanted): readonly RankedCandidateView[] {
  return services
    .map((service) => ({ service, merit: meritOf(service, wanted) }))
    .sort((left, right) => compareMerit(left.merit, right.merit) || compareCode(left.service, right.service))
    .map(({ service }, index) => ({
      healthcareServiceId: service.healthcareServiceId,
      organizationId: service.organizationId,
      rank: index + 1,
      reasons: reasonsOf(service, wanted),
    }));
}

function reasonsOf(service: RankedService, wanted: Wanted): readonly Reason[] {
  const inArea = servesArea(service, wanted);
  return [
    { code: inArea ? 'serves-area' : 'outside-area', speaksFor: inArea },
    { code: service.openness, speaksFor: service.openness === 'open' },
    ...(wanted.language === undefined
      ? []
      : [{ code: 'speaks-language' as const, speaksFor: speaksLanguage(service, wanted) }]),
  ];
}

function meritOf(service: RankedService, wanted: Wanted): Merit {
  return [
    servesArea(service, wanted) ? 0 : 1,
    service.openness === 'closed' ? 1 : 0,
    speaksLanguage(service, wanted) ? 0 : 1,
    opennessMerit[service.openness],
  ];
}

function servesArea(service: RankedService, wanted: Wanted): boolean {
  return service.areaIds.includes(wanted.areaId);
}

function speaksLanguage(service: RankedService, wanted: Wanted): boolean {
  const { language } = wanted;
  return (
    language === undefined || service.languages.some((each) => primaryLanguage(each) === primaryLanguage(language))
  );
}

function compareMerit(left: Merit, right: Merit): number {
  return left.map((each, index) => each - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function compareCode(left: RankedService, right: RankedService): number {
  if (left.code === right.code) return left.healthcareServiceId < right.healthcareServiceId ? -1 : 1;
  return left.code < right.code ? -1 : 1;
}
