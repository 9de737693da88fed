import type { InstantText, Need, NetworkId } from '#contracts';
import { CLOCK, IDS, type Clock, type Ids } from '#events';
import type { Tx } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { GateDoor } from '../consent-gate/gate-door.service.ts';
import { consentFact, coordinatorFact, purposeOfReferral } from '../domain/consent/consent-fact.ts';
import { expiredAt, type Permission } from '../domain/consent/permission.ts';
import { leastRequired } from '../domain/access/access.ts';
import {
  coordinatingOrganization,
  ownerFact,
  policyFor,
  serviceFacts,
  servicesServing,
} from '../replica/replica.rows.ts';
import { isDelivered } from '../replica/delivered.rows.ts';
import { defaultPolicy, timersWith } from '../domain/timer/timer-policy.ts';
import type { SendingFacts } from '../domain/task/rules/transition-request.ts';
import type { ConsentFact, EligibleFact, Facts, ReferralState, TaskRow } from '../domain/referral.ts';

/** What a command wants to know beside the stream: named by the caller, so that nothing is looked up in vain. */
export interface WantedFacts {
  /** The healthcare service that is offered the need. */
  readonly healthcareServiceId?: string | null;
  readonly ownerId?: string;
  /** Hold the gate and say what consent allows for the service's organization and the coordinating one. */
  readonly consent?: boolean;
  /** Hold the gate of a client who is known already, so that a death told meanwhile is seen. */
  readonly alive?: boolean;
  /** The organizations that serve this need and area, for a pool. */
  readonly pool?: { readonly need: ReferralState['needs'][number] };
  /** The Task whose delivery to its agency is asked about. */
  readonly deliveryOf?: string;
  /** Services in rank order, for a reroute. */
  readonly candidates?: readonly string[];
}

/** The only awaits between a lock and a decision (architecture.md §4 step 4): our own tables, never the network. */
@Injectable()
export class DecisionFacts {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    private readonly door: GateDoor,
  ) {}

  now(): InstantText {
    return this.clock.now();
  }

  newId(): string {
    return this.ids.next();
  }

  /** Throws ConsentViewStale where consent is wanted and the present state of it is not known. */
  async gather(tx: Tx, state: { clientId: string; networkId: NetworkId }, wanted: WantedFacts): Promise<Facts> {
    const permissions = wanted.consent === true ? await this.door.hold(tx, state.clientId) : [];
    if (wanted.alive === true) await this.door.holdKnown(tx, [state.clientId]);
    // Read once the gate is held: waiting for it may have taken a while.
    const now = this.clock.now();
    const { policy: decided, client } = await policyFor(tx, state);
    const { timers, ...policy } = decided;
    const service = wanted.healthcareServiceId
      ? ((await serviceFacts(tx, [wanted.healthcareServiceId]))[0] ?? null)
      : undefined;
    const consentAsked = { purpose: purposeOfReferral, required: service?.required ?? leastRequired, now };
    const coordinating = wanted.consent === true ? await coordinatingOrganization(tx, state.networkId) : null;
    const consentFor = (organizationId: string): ConsentFact | null => consentFact(permissions, organizationId, now);
    return {
      now,
      newId: () => this.ids.next(),
      policy: defaultPolicy({ ...policy, timers: timersWith(timers) }),
      contact: client.contact,
      clientDied: client.died,
      ...(service === undefined ? {} : { service }),
      ...(wanted.deliveryOf === undefined ? {} : { delivered: await isDelivered(tx, wanted.deliveryOf) }),
      ...(wanted.ownerId === undefined ? {} : { owner: await ownerFact(tx, wanted.ownerId) }),
      ...(wanted.consent === true
        ? {
            consent: service ? consentFor(service.organizationId) : null,
            coordinatingOrganizationId: coordinating,
            coordinatorConsent: coordinating === null ? null : coordinatorFact(permissions, coordinating, now),
            consentExpiredAt: expiredAt(permissions, { ...consentAsked, of: service?.organizationId }),
            coordinatorConsentExpiredAt:
              coordinating === null ? null : expiredAt(permissions, { ...consentAsked, of: coordinating }),
          }
        : {}),
      ...(wanted.pool === undefined
        ? {}
        : {
            eligible: await this.eligible(tx, { ...wanted.pool.need, networkId: state.networkId }, permissions, now),
          }),
      ...(wanted.candidates === undefined
        ? {}
        : { candidates: await this.candidates(tx, wanted.candidates, consentFor) }),
    };
  }

  /** Per Task that may be sent, what would decide it now, so that no sending is offered that cannot succeed. */
  async ofSending(tx: Tx, state: ReferralState, tasks: readonly TaskRow[]): Promise<ReadonlyMap<string, SendingFacts>> {
    const waiting = tasks.filter(({ state: at }) => at === 'draft' || at === 'awaiting-consent');
    if (waiting.length === 0) return new Map();
    const now = this.clock.now();
    const allowed = (await this.door.holdKnown(tx, [state.clientId])).get(state.clientId) ?? [];
    const ids = waiting.flatMap(({ healthcareServiceId }) => healthcareServiceId ?? []);
    const services = new Map((await serviceFacts(tx, ids)).map((each) => [each.healthcareServiceId, each]));
    const found = new Map<string, SendingFacts>();
    for (const task of waiting) {
      const service = task.healthcareServiceId === null ? null : (services.get(task.healthcareServiceId) ?? null);
      const need = state.needs.find((each) => each.serviceRequestId === task.serviceRequestId);
      found.set(task.taskId, {
        ...(service === null ? {} : { service, consent: consentFact(allowed, service.organizationId, now) }),
        ...(task.healthcareServiceId === null && need !== undefined
          ? { eligible: await this.eligible(tx, { ...need, networkId: state.networkId }, allowed, now) }
          : {}),
      });
    }
    return found;
  }

  private async eligible(
    tx: Tx,
    asked: { readonly need: Need; readonly areaId: string; readonly networkId: NetworkId },
    permissions: readonly Permission[],
    now: InstantText,
  ): Promise<readonly EligibleFact[]> {
    const serving = await servicesServing(tx, asked);
    return serving.map(({ organizationId, healthcareServiceId, required, asked: wished }) => ({
      ...{ organizationId, healthcareServiceId, required, asked: wished },
      consent: consentFact(permissions, organizationId, now),
    }));
  }

  private async candidates(
    tx: Tx,
    ranked: readonly string[],
    consentFor: (organizationId: string) => ConsentFact | null,
  ): Promise<NonNullable<Facts['candidates']>> {
    const known = new Map((await serviceFacts(tx, ranked)).map((each) => [each.healthcareServiceId, each]));
    return ranked.flatMap((id) => {
      const service = known.get(id);
      if (service === undefined) return [];
      return [
        {
          healthcareServiceId: id,
          organizationId: service.organizationId,
          consent: consentFor(service.organizationId),
          service,
        },
      ];
    });
  }
}
