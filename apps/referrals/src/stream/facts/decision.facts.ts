import type {
  AreaId,
  ClientId,
  HealthcareServiceId,
  InstantText,
  Need,
  NetworkId,
  OrganizationId,
  TaskId,
} from '#contracts';
import { CLOCK, IDS, type Clock, type Ids } from '#events';
import type { Tx } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { GateDoor } from '../../consent-gate/gate-door.service.ts';
import { consentFact, coordinatorFact, purposeOfReferral } from '../../domain/consent/consent-fact.ts';
import { expiredAt, type Permission } from '../../domain/consent/permission.ts';
import { leastRequired } from '../../domain/access/access.ts';
import {
  coordinatingOrganization,
  ownerFact,
  policyFor,
  serviceFacts,
  servicesServing,
} from '../../replica/replica.rows.ts';
import { isDelivered } from '../../replica/delivered.rows.ts';
import { defaultPolicy, timersWith } from '../../domain/timer/timer-policy.ts';
import type { SendingFacts } from '../../domain/task/rules/transition-request.ts';
import type {
  CandidateFact,
  EligibleFact,
  FactName,
  Facts,
  FactsOfSending,
  FactsWith,
  LookedUp,
  ReferralState,
  ServiceFact,
  TaskRow,
} from '../../domain/referral.ts';
import type { WantedFacts } from './wanted-facts.ts';

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

  /**
   * Looks up what a decision named, with how the client may be reached. `alive`: hold the gate of an existing client,
   * so that a death reported meanwhile is seen. Throws ConsentViewStale if consent is wanted and its present
   * state is not known.
   */
  async gather<Name extends FactName = never>(
    tx: Tx,
    state: { readonly clientId: ClientId; readonly networkId: NetworkId },
    wanted: WantedFacts<Name>,
    { alive = false }: { readonly alive?: boolean } = {},
  ): Promise<FactsWith<Name> & FactsWith<'contact'>> {
    const {
      service: serviceId,
      owner,
      consent,
      eligible,
      candidates,
      sendings = [],
      delivered,
    }: Partial<WantedFacts<FactName>> = wanted;
    const { networkId } = state;
    const asksConsent = consent === true || sendings.length > 0;
    const permissions = asksConsent ? await this.door.hold(tx, state.clientId) : [];
    if (alive) await this.door.holdKnown(tx, [state.clientId]);
    // Read once the gate is held: waiting for it may have taken a while.
    const now = this.clock.now();
    const { policy: decided, client } = await policyFor(tx, state);
    const { timers, ...policy } = decided;
    const service = serviceId ? ((await serviceFacts(tx, [serviceId]))[0] ?? null) : null;
    const coordinating = asksConsent ? await coordinatingOrganization(tx, networkId) : null;
    const facts: Facts = {
      now,
      newId: () => this.ids.next(),
      policy: defaultPolicy({ ...policy, timers: timersWith(timers) }),
      contact: client.contact,
      clientDied: client.died,
      service,
      delivered: delivered ? await isDelivered(tx, delivered) : false,
      owner: owner ? await ownerFact(tx, owner) : null,
      ...consentFacts(permissions, { service, coordinating, now }),
      eligible: eligible ? await this.eligible(tx, { ...eligible, networkId }, permissions, now) : [],
      candidates: candidates ? await this.candidates(tx, candidates, permissions, now) : [],
      sendings: await this.sendings(tx, sendings, { networkId, permissions, coordinating, now }),
    };
    return facts;
  }

  /** For each Task that may be sent, the facts that would decide it now, so that `send` is offered only if it can succeed. */
  async ofSending(tx: Tx, state: ReferralState, tasks: readonly TaskRow[]): Promise<ReadonlyMap<string, SendingFacts>> {
    const waiting = tasks.flatMap((task) => {
      const need = state.needs.find((each) => each.serviceRequestId === task.serviceRequestId);
      return need !== undefined && (task.state === 'draft' || task.state === 'awaiting-consent')
        ? [{ task, need }]
        : [];
    });
    if (waiting.length === 0) return new Map();
    const now = this.clock.now();
    const permissions = (await this.door.holdKnown(tx, [state.clientId])).get(state.clientId) ?? [];
    return this.sendings(tx, waiting, { networkId: state.networkId, permissions, coordinating: null, now });
  }

  private async sendings(
    tx: Tx,
    wanted: WantedFacts<'sendings'>['sendings'],
    about: {
      readonly networkId: NetworkId;
      readonly permissions: readonly Permission[];
      readonly coordinating: OrganizationId | null;
      readonly now: InstantText;
    },
  ): Promise<ReadonlyMap<TaskId, FactsOfSending>> {
    const { networkId, permissions, coordinating, now } = about;
    const ids = wanted.flatMap(({ task }) => task.healthcareServiceId ?? []);
    const known = ids.length === 0 ? [] : await serviceFacts(tx, [...new Set(ids)]);
    const found = new Map<TaskId, FactsOfSending>();
    for (const { task, need } of wanted) {
      const { healthcareServiceId: id } = task;
      const service = known.find((each) => each.healthcareServiceId === id) ?? null;
      found.set(task.taskId, {
        service,
        ...consentFacts(permissions, { service, coordinating, now }),
        eligible: id === null ? await this.eligible(tx, { ...need, networkId }, permissions, now) : [],
      });
    }
    return found;
  }

  private async eligible(
    tx: Tx,
    asked: { readonly need: Need; readonly areaId: AreaId; readonly networkId: NetworkId },
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
    ranked: readonly HealthcareServiceId[],
    permissions: readonly Permission[],
    now: InstantText,
  ): Promise<readonly CandidateFact[]> {
    const known = new Map((await serviceFacts(tx, ranked)).map((each) => [each.healthcareServiceId, each]));
    return ranked.flatMap((healthcareServiceId) => {
      const service = known.get(healthcareServiceId);
      if (service === undefined) return [];
      const { organizationId } = service;
      return [{ healthcareServiceId, organizationId, consent: consentFact(permissions, organizationId, now), service }];
    });
  }
}

/** What consent allows the service's organization and the coordinating one; nothing without permissions. */
function consentFacts(
  permissions: readonly Permission[],
  about: {
    readonly service: ServiceFact | null;
    readonly coordinating: OrganizationId | null;
    readonly now: InstantText;
  },
): Pick<Facts, keyof FactsWith<'consent'> & keyof LookedUp> {
  const { service, coordinating, now } = about;
  const asked = { purpose: purposeOfReferral, required: service?.required ?? leastRequired, now };
  return {
    consent: service === null ? null : consentFact(permissions, service.organizationId, now),
    consentExpiredAt: expiredAt(permissions, { ...asked, of: service?.organizationId }),
    coordinatingOrganizationId: coordinating,
    coordinatorConsent: coordinating === null ? null : coordinatorFact(permissions, coordinating, now),
    coordinatorConsentExpiredAt: coordinating === null ? null : expiredAt(permissions, { ...asked, of: coordinating }),
  };
}
