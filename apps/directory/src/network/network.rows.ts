import {
  PolicyChanged,
  type NetworkId,
  type NetworkView,
  type OfferPolicy,
  type ReroutePolicy,
  type SetNetworkPolicy,
  type TimerLength,
} from '#contracts';
import type { TableShape } from '#events';

/** A network with its policy. `version`: that of the network's own stream. */
export interface NetworkRow {
  readonly network_id: NetworkId;
  readonly code: string;
  readonly name: string;
  readonly reroute: ReroutePolicy;
  readonly offer: OfferPolicy;
  readonly decline_review: boolean;
  readonly timers: readonly TimerLength[];
  readonly version: number;
}

export const networkTable: TableShape = {
  name: 'network',
  key: ['network_id'],
  columns: ['network_id', 'code', 'name', 'reroute', 'offer', 'decline_review', 'timers', 'version'],
};

export function toNetworkView(row: NetworkRow): NetworkView {
  return {
    networkId: row.network_id,
    code: row.code,
    name: row.name,
    policy: { reroute: row.reroute, offer: row.offer, declineReview: row.decline_review, timers: row.timers },
  };
}

export function withPolicy(row: NetworkRow, policy: SetNetworkPolicy, version: number): NetworkRow {
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
  });
}
