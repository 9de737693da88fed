import { needs, type Need } from '../codes/need.ts';
import { offerPolicies, type OfferPolicy } from '../codes/offer-policy.ts';
import { opennesses, type Openness } from '../codes/openness.ts';
import { reroutePolicies, type ReroutePolicy } from '../codes/reroute-policy.ts';
import { policyTimers, type PolicyTimer } from '../codes/timer-name.ts';
import { Code, Count, Flag, Id, Nested } from '../fields.ts';
import { LanguageTag } from '../fields/person/person-fields.ts';
import type { AreaId, OrganizationId } from '../ids.ts';
import { ContactAttemptsNeeded } from './contact-attempts.ts';

/** The network's own length of one timer, in minutes (at most a year), instead of the default of domain.md §2. */
export class TimerLength {
  @Code(policyTimers) readonly timer!: PolicyTimer;
  @Count({ min: 1, max: 525_600 }) readonly routineMinutes!: number;
  @Count({ min: 1, max: 525_600 }) readonly urgentMinutes!: number;
}

/** PUT /network/policy: the whole policy; without `timers` every timer has its default, without `attempts` they have theirs. */
export class SetNetworkPolicy {
  @Code(reroutePolicies) readonly reroute!: ReroutePolicy;
  @Code(offerPolicies) readonly offer!: OfferPolicy;
  @Flag() readonly declineReview!: boolean;
  @Nested(() => TimerLength, { list: true, optional: true }) readonly timers?: readonly TimerLength[];
  @Nested(() => ContactAttemptsNeeded, { optional: true }) readonly attempts?: ContactAttemptsNeeded;
}

/** PATCH /healthcare-services/:id. Repeating the same openness is useful: it renews the freshness stamp. */
export class SetOpenness {
  @Code(opennesses) readonly openness!: Openness;
}

/** POST /candidates. `language`: what the client speaks; `exclude`: organizations to leave out. */
export class RankCandidates {
  @Code(needs) readonly need!: Need;
  @Id() readonly areaId!: AreaId;
  @LanguageTag({ optional: true, description: 'Any BCP 47 tag; what counts is its language: `es-MX` is `es`.' })
  readonly language?: string;
  @Id({ list: true, optional: true }) readonly exclude?: readonly OrganizationId[];
}
