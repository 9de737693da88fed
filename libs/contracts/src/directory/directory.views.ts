import { categories, type Category } from '../codes/category.ts';
import { languages, type Language } from '../codes/language.ts';
import { needs, type Need } from '../codes/need.ts';
import { offerPolicies, type OfferPolicy } from '../codes/offer-policy.ts';
import { opennesses, type Openness } from '../codes/openness.ts';
import { organizationKinds, type OrganizationKind } from '../codes/organization-kind.ts';
import { reroutePolicies, type ReroutePolicy } from '../codes/reroute-policy.ts';
import { Code, Count, Flag, Id, Instant, Nested, Text } from '../fields.ts';
import type { AreaId, HealthcareServiceId, InstantText, NetworkId, OrganizationId, PersonId } from '../ids.ts';
import { CandidateReasonView } from '../referrals/referral.views.ts';
import { ContactAttemptsNeeded } from './contact-attempts.ts';
import { TimerLength } from './directory.commands.ts';

export class NetworkPolicyView {
  @Code(reroutePolicies) readonly reroute!: ReroutePolicy;
  @Code(offerPolicies) readonly offer!: OfferPolicy;
  @Flag() readonly declineReview!: boolean;
  @Nested(() => TimerLength, { list: true }) readonly timers!: readonly TimerLength[];
  @Nested(() => ContactAttemptsNeeded) readonly attempts!: ContactAttemptsNeeded;
}

export class NetworkView {
  @Id() readonly networkId!: NetworkId;
  @Text() readonly code!: string;
  @Text() readonly name!: string;
  @Nested(() => NetworkPolicyView) readonly policy!: NetworkPolicyView;
}

export class OrganizationView {
  @Id() readonly organizationId!: OrganizationId;
  @Text() readonly code!: string;
  @Text() readonly name!: string;
  @Code(organizationKinds) readonly kind!: OrganizationKind;
  @Flag() readonly victimService!: boolean;
  /** IANA name, such as America/Chicago. */
  @Text() readonly timeZone!: string;
  @Flag() readonly active!: boolean;
}

/** A service cannot answer without `required`; it also gets `asked` if consent allows. */
export class ServiceTemplateView {
  @Code(categories, { list: true }) readonly required!: readonly Category[];
  @Code(categories, { list: true }) readonly asked!: readonly Category[];
}

export class HealthcareServiceView {
  @Id() readonly healthcareServiceId!: HealthcareServiceId;
  @Count() readonly version!: number;
  @Text() readonly code!: string;
  @Id() readonly organizationId!: OrganizationId;
  @Text() readonly name!: string;
  @Code(needs) readonly need!: Need;
  @Id({ list: true }) readonly areaIds!: readonly AreaId[];
  @Code(languages, { list: true }) readonly languages!: readonly Language[];
  @Code(opennesses) readonly openness!: Openness;
  /** When somebody last confirmed its openness: a capacity figure without its age is a guess. */
  @Instant() readonly opennessAt!: InstantText;
  @Id({ nullable: true }) readonly saidBy!: PersonId | null;
  @Nested(() => ServiceTemplateView) readonly template!: ServiceTemplateView;
  @Flag() readonly active!: boolean;
}

export class AreaView {
  @Id() readonly areaId!: AreaId;
  @Text() readonly code!: string;
  @Text() readonly name!: string;
}

/** `rank` counts from 1; each reason says whether it speaks for or against the service. */
export class RankedCandidateView {
  @Id() readonly healthcareServiceId!: HealthcareServiceId;
  @Id() readonly organizationId!: OrganizationId;
  @Count() readonly rank!: number;
  @Nested(() => CandidateReasonView, { list: true }) readonly reasons!: readonly CandidateReasonView[];
}
