import { hasRole, type Actor } from '#access';
import {
  NewClient,
  type HealthcareServiceId,
  type InstantText,
  type LikelyDuplicate,
  type NewNeed,
  type ReferralClient,
} from '#contracts';
import type { Tx } from '#persistence';
import { Invalid, NotFound, parseBody, RoleRefused } from '#service';
import { Injectable } from '@nestjs/common';
import { readClients, writeClient, writeNeedText } from '../client/client.rows.ts';
import { duplicatesAmong } from '../client/keys/duplicates.ts';
import { isHospital, knownAreas, serviceFacts } from '../replica/replica.rows.ts';
import { writeDetails } from '../message/message.rows.ts';
import { ReferralsConfig } from '../config/referrals.config.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import { targetOf } from '../domain/offer/offer.ts';
import type { FirstOffer, NewNeedData, ReferralState, ServiceFact } from '../domain/referral.ts';
import { isServed, offerFaults, servicesNamed } from './first-offers.ts';

export type NeedDraft = NewNeedData;

/** What a sender enters: the client and the needs with their texts. Checked against our replicas, stored apart from decisions. */
@Injectable()
export class ReferralIntake {
  constructor(
    private readonly facts: DecisionFacts,
    private readonly config: ReferralsConfig,
  ) {}

  /** A planner may refer, and a hospital's own system in their name (contract.md §2.1); throws RoleRefused for other programs. */
  async mayRefer(tx: Tx, actor: Actor): Promise<void> {
    if (hasRole(actor, 'discharge-planner') || (await isHospital(tx, actor.organizationId))) return;
    throw new RoleRefused();
  }

  /** The client that the organization already has, or a new one, created here. */
  async client(tx: Tx, actor: Actor, asked: ClientAsked): Promise<ClientTaken> {
    if (asked.kind === 'known') {
      if (!(await readClients(tx, [asked.clientId])).has(asked.clientId)) throw new NotFound();
      return { clientId: asked.clientId };
    }
    const clientId = this.facts.newId();
    const at = { now: this.facts.now(), region: this.config.PHONE_REGION };
    const twins = await writeClient(tx, clientId, actor.organizationId, asked.client, at);
    const found = duplicatesAmong(asked.client, twins, at.region);
    return { clientId, likelyDuplicates: found.map((each) => ({ clientId: each.clientId, because: each.because })) };
  }

  /** `path`: where in the body the need at this index stands. Throws Invalid if a service or an area does not fit its need. */
  async drafts(
    tx: Tx,
    actor: Actor,
    needs: readonly NewNeed[],
    path: (index: number) => string = (index) => `needs[${index}].`,
  ): Promise<readonly NeedDraft[]> {
    const named = needs.flatMap(servicesNamed);
    const known = new Map(
      (await serviceFacts(tx, [...new Set(named)])).map((each) => [each.healthcareServiceId, each]),
    );
    const unserved = needs.filter((need) => !isServed(need, known)).map((need) => need.areaId);
    const areas = await knownAreas(tx, [...new Set(unserved)], actor.networkId);
    const faults = needs.flatMap((need, index) => [
      ...areaFaults(path(index), isServed(need, known) || areas.has(need.areaId)),
      ...offerFaults(need, path(index), known),
    ]);
    if (faults.length > 0) throw new Invalid(faults);
    return needs.map((need) => ({
      serviceRequestId: this.facts.newId(),
      need: need.need,
      areaId: need.areaId,
      offers: this.offers(need, known),
    }));
  }

  private offers(need: NewNeed, known: ReadonlyMap<HealthcareServiceId, ServiceFact>): readonly FirstOffer[] {
    if (need.pool === true) return [{ taskId: this.facts.newId(), ...targetOf(null) }];
    return servicesNamed(need).flatMap((id) => {
      const service = known.get(id);
      return service === undefined ? [] : [{ taskId: this.facts.newId(), ...targetOf(service) }];
    });
  }

  async writeNeedTexts(
    tx: Tx,
    after: ReferralState,
    needs: readonly NewNeed[],
    ids: readonly string[],
    at: string,
  ): Promise<void> {
    for (const [index, need] of needs.entries()) {
      const about = {
        serviceRequestId: ids[index] as string,
        referralId: after.referralId,
        clientId: after.clientId,
        ownerOrganizationId: after.senderOrganizationId,
      };
      await writeNeedText(tx, { ...about, statedNeed: need.statedNeed });
      await writeDetails(
        tx,
        (need.details ?? []).map((detail) => ({ ...about, ...detail, detailId: this.facts.newId(), at })),
      );
    }
  }
}

export interface ClientTaken {
  readonly clientId: string;
  /** For a new client: others of the organization that may be the same person. */
  readonly likelyDuplicates?: readonly LikelyDuplicate[];
}

export type ClientAsked =
  { readonly kind: 'known'; readonly clientId: string } | { readonly kind: 'new'; readonly client: NewClient };

/** A body has either a client id or a new client. Throws Invalid for both, and for a new client that lacks a field. */
export function clientAsked({ clientId, ...fields }: ReferralClient, now: InstantText): ClientAsked {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (clientId === undefined) return { kind: 'new', client: parseNewClient(Object.fromEntries(given), now) };
  if (given.length === 0) return { kind: 'known', clientId };
  const message = 'name a clientId alone, or the fields of a new client';
  throw new Invalid([{ field: 'client', message, allowed: 'one of the two' }]);
}

function parseNewClient(fields: Record<string, unknown>, now: InstantText): NewClient {
  try {
    return parseBody(NewClient, fields, now);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid(error.errors.map((fault) => ({ ...fault, field: `client.${fault.field}` })));
  }
}

function areaFaults(path: string, isKnown: boolean): { field: string; message: string; allowed: string }[] {
  if (isKnown) return [];
  return [{ field: `${path}areaId`, message: 'no area has this id', allowed: 'an id of /api/directory/areas' }];
}
