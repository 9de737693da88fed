import type {
  AreaView,
  HealthcareServiceView,
  NetworkView,
  OrganizationView,
  RankCandidates,
  RankedCandidateView,
  ReasonView,
} from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { one, type OneQuery } from '../reads/one.ts';
import { wholeList, type WholeQuery } from '../reads/whole-list.ts';

const hour = 3_600_000;
const minute = 60_000;

export function networkQuery(data: Data): OneQuery<NetworkView> {
  return { ...one(data, keys.directory('network'), routes.network), staleTime: hour };
}

export function areasQuery(data: Data): WholeQuery<AreaView> {
  return { ...wholeList(data, keys.directory('areas'), routes.areas), staleTime: hour };
}

export function organizationsQuery(data: Data): WholeQuery<OrganizationView> {
  return { ...wholeList(data, keys.directory('organizations'), routes.organizations), staleTime: hour };
}

/** How open a service is changes during the day, so this is read again after a minute. */
export function healthcareServicesQuery(data: Data): WholeQuery<HealthcareServiceView> {
  return { ...wholeList(data, keys.directory('services'), routes.healthcareServices), staleTime: minute };
}

/** The reasons for which an action may be taken: a table that changes with the platform only. */
export function reasonsQuery(data: Data): WholeQuery<ReasonView> {
  return { ...wholeList(data, keys.directory('reasons'), routes.reasons), staleTime: hour };
}

/** Services that could help, best first, with reasons for and against. */
export function candidatesQuery(data: Data, asked: RankCandidates): WholeQuery<RankedCandidateView> {
  return { ...wholeList(data, keys.candidates(asked), routes.candidates, { body: asked }), staleTime: minute };
}
