import { categories, type Category } from '../codes/category.ts';
import { needs, type Need } from '../codes/need.ts';
import { offerPolicies, type OfferPolicy } from '../codes/offer-policy.ts';
import { opennesses, type Openness } from '../codes/openness.ts';
import { organizationKinds, type OrganizationKind } from '../codes/organization-kind.ts';
import { reroutePolicies, type ReroutePolicy } from '../codes/reroute-policy.ts';
import { timerNames, type TimerName } from '../codes/timer-name.ts';
import { event } from '../envelope.ts';
import { Code, Count, Flag, Id } from '../fields.ts';
import type { AreaId, HealthcareServiceId, NetworkId, OrganizationId } from '../ids.ts';

export class OrganizationChanged extends event('directory.organization.changed') {
  @Id() readonly organizationId!: OrganizationId;
  @Id() readonly networkId!: NetworkId;
  @Code(organizationKinds) readonly kind!: OrganizationKind;
  @Flag() readonly active!: boolean;
  @Flag() readonly victimService!: boolean;
}

/** An area of a network: a need may be in it even if no service covers it. */
export class AreaChanged extends event('directory.area.changed') {
  @Id() readonly areaId!: AreaId;
  @Id() readonly networkId!: NetworkId;
}

export class HealthcareServiceChanged extends event('directory.healthcare-service.changed') {
  @Id() readonly healthcareServiceId!: HealthcareServiceId;
  @Id() readonly organizationId!: OrganizationId;
  @Code(needs) readonly need!: Need;
  @Id({ list: true }) readonly areaIds!: readonly AreaId[];
  @Code(opennesses) readonly openness!: Openness;
  /** The service's template: categories that it requires, and those that it also asks for. */
  @Code(categories, { list: true }) readonly required!: readonly Category[];
  @Code(categories, { list: true }) readonly asked!: readonly Category[];
  @Flag() readonly active!: boolean;
  @Count() readonly version!: number;
}

export class PolicyChanged extends event('directory.policy.changed') {
  @Id() readonly networkId!: NetworkId;
  @Code(reroutePolicies) readonly reroute!: ReroutePolicy;
  @Code(offerPolicies) readonly offer!: OfferPolicy;
  @Flag() readonly declineReview!: boolean;
  /**
   * The network's own timer lengths, in three lists of equal length: the timer, its routine minutes and its urgent
   * minutes.
   */
  @Code(timerNames, { list: true, optional: true }) readonly timers?: readonly TimerName[];
  @Count({ list: true, optional: true }) readonly routineMinutes?: readonly number[];
  @Count({ list: true, optional: true }) readonly urgentMinutes?: readonly number[];
  /** What `unable-to-contact` takes; absent in events from before a network could set it. */
  @Count({ optional: true }) readonly attemptCount?: number;
  @Count({ optional: true }) readonly attemptChannels?: number;
  @Count({ optional: true }) readonly attemptBusinessDays?: number;
}
