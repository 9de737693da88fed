import { hasRole, type Actor } from '#access';
import { NewClient, type InstantText, type LikelyDuplicate, type NewNeed, type ReferralClient } from '#contracts';
import type { Tx } from '#persistence';
import { Invalid, NotFound, parseBody, RoleRefused } from '#service';
import { Injectable } from '@nestjs/common';
import { readClients, writeClient, writeNeedText } from '../client/client.rows.ts';
import { duplicatesAmong } from '../client/keys/duplicates.ts';
import { isHospital, knownAreas, serviceFacts } from '../replica/replica.rows.ts';
import { writeDetails } from '../message/message.rows.ts';
import { ReferralsConfig } from '../config/referrals.config.ts';
import { DecisionFacts } from '../stream/facts/decision.facts.ts';
import type { NewNeedData, ReferralState } from '../domain/referral.ts';

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
    const named = needs.flatMap((need) => (need.healthcareServiceId === undefined ? [] : [need.healthcareServiceId]));
    const known = new Map(
      (await serviceFacts(tx, [...new Set(named)])).map((each) => [each.healthcareServiceId, each]),
    );
    const unserved = needs.filter((need) => !isServed(need, known)).map((need) => need.areaId);
    const areas = await knownAreas(tx, [...new Set(unserved)], actor.networkId);
    const faults = needs.flatMap((need, index) => [
      ...areaFaults(path(index), isServed(need, known) || areas.has(need.areaId)),
      ...faultOf(need, path(index), known),
    ]);
    if (faults.length > 0) throw new Invalid(faults);
    return needs.map((need) => {
      const service = need.healthcareServiceId === undefined ? undefined : known.get(need.healthcareServiceId);
      return {
        serviceRequestId: this.facts.newId(),
        need: need.need,
        areaId: need.areaId,
        ...(service === undefined
          ? {}
          : {
              task: {
                taskId: this.facts.newId(),
                healthcareServiceId: service.healthcareServiceId,
                recipientOrganizationId: service.organizationId,
              },
            }),
      };
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

/** An area that a named service serves exists, so it need not be looked up. */
function isServed(
  { healthcareServiceId, areaId }: NewNeed,
  known: ReadonlyMap<string, { readonly areaIds: readonly string[] }>,
): boolean {
  return healthcareServiceId !== undefined && known.get(healthcareServiceId)?.areaIds.includes(areaId) === true;
}

function areaFaults(path: string, isKnown: boolean): { field: string; message: string; allowed: string }[] {
  if (isKnown) return [];
  return [{ field: `${path}areaId`, message: 'no area has this id', allowed: 'an id of /api/directory/areas' }];
}

function faultOf(
  need: NewNeed,
  path: string,
  known: ReadonlyMap<string, { readonly need: string }>,
): { field: string; message: string; allowed?: string }[] {
  if (need.healthcareServiceId === undefined) return [];
  const service = known.get(need.healthcareServiceId);
  const field = `${path}healthcareServiceId`;
  if (service === undefined) {
    return [
      { field, message: 'no healthcare service has this id', allowed: 'an id of /api/directory/healthcare-services' },
    ];
  }
  if (service.need !== need.need) {
    return [
      {
        field,
        message: `this service is for ${service.need}, not for ${need.need}`,
        allowed: `a service for ${need.need}`,
      },
    ];
  }
  return [];
}
