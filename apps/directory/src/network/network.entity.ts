import {
  PolicyChanged,
  usualAttempts,
  type ContactAttemptsNeeded,
  type NetworkId,
  type NetworkView,
  type OfferPolicy,
  type ReroutePolicy,
  type SetNetworkPolicy,
  type TimerLength,
} from '#contracts';
import { tableOf } from '#persistence';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A network with its policy. `version`: that of the network's own stream. */
@Entity('network')
export class NetworkRow {
  @PrimaryColumn('uuid') readonly network_id!: NetworkId;
  @Column('text') readonly code!: string;
  @Column('text') readonly name!: string;
  @Column('text') readonly reroute!: ReroutePolicy;
  @Column('text') readonly offer!: OfferPolicy;
  @Column('boolean') readonly decline_review!: boolean;
  @Column('jsonb') readonly timers!: readonly TimerLength[];
  @Column('jsonb') readonly attempts!: ContactAttemptsNeeded;
  @Column('integer') readonly version!: number;
}

export const networkTable = tableOf(NetworkRow);

export function toNetworkView(row: NetworkRow): NetworkView {
  return {
    networkId: row.network_id,
    code: row.code,
    name: row.name,
    policy: {
      reroute: row.reroute,
      offer: row.offer,
      declineReview: row.decline_review,
      timers: row.timers,
      attempts: row.attempts,
    },
  };
}

/** The policy replaces the whole earlier one: what it leaves out has its default. */
export function withPolicy(row: NetworkRow, policy: SetNetworkPolicy, version: number): NetworkRow {
  const { count, channels, businessDays } = policy.attempts ?? usualAttempts;
  return {
    ...row,
    reroute: policy.reroute,
    offer: policy.offer,
    decline_review: policy.declineReview,
    timers: (policy.timers ?? []).map(({ timer, routineMinutes, urgentMinutes }) => ({
      timer,
      routineMinutes,
      urgentMinutes,
    })),
    attempts: { count, channels, businessDays },
    version,
  };
}

export function policyChanged(row: NetworkRow): PolicyChanged {
  return PolicyChanged.of({
    networkId: row.network_id,
    reroute: row.reroute,
    offer: row.offer,
    declineReview: row.decline_review,
    timers: row.timers.map((each) => each.timer),
    routineMinutes: row.timers.map((each) => each.routineMinutes),
    urgentMinutes: row.timers.map((each) => each.urgentMinutes),
    attemptCount: row.attempts.count,
    attemptChannels: row.attempts.channels,
    attemptBusinessDays: row.attempts.businessDays,
  });
}
