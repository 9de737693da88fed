import {
  policyTimers,
  usualAttempts,
  type Category,
  type ContactAttemptsNeeded,
  type ContactChannel,
  type AreaChanged,
  type HealthcareServiceChanged,
  type Need,
  type OfferPolicy,
  type Openness,
  type OrganizationChanged,
  type PersonChanged,
  type PolicyChanged,
  type ReroutePolicy,
  type TimerLength,
} from '#contracts';
import { columnsOfTable, statement, type Tx } from '#persistence';
import { contactRule, type ContactRule } from '../domain/model/contact.ts';

/** A healthcare service with its organization, as a decision needs it. */
export interface ServiceFact {
  readonly healthcareServiceId: string;
  readonly organizationId: string;
  readonly need: Need;
  readonly areaIds: readonly string[];
  readonly openness: Openness;
  readonly required: readonly Category[];
  readonly asked: readonly Category[];
  readonly active: boolean;
  readonly organizationActive: boolean;
}

export interface PolicyFact {
  readonly reroute: ReroutePolicy;
  readonly offer: OfferPolicy;
  readonly declineReview: boolean;
  /** The network's own lengths; every other timer has its default. */
  readonly timers: readonly TimerLength[];
  readonly attempts: ContactAttemptsNeeded;
}

export interface OwnerFact {
  readonly personId: string;
  readonly organizationId: string;
  readonly active: boolean;
}

const serviceColumns = `s.healthcare_service_id as "healthcareServiceId", s.organization_id as "organizationId", s.need,
  s.area_ids as "areaIds", s.openness, s.required, s.asked, s.active, coalesce(o.active, false) as "organizationActive"`;
const readServices = statement(
  'copies-services',
  `select ${serviceColumns} from healthcare_service_copy s left join organization_copy o using (organization_id)
   where s.healthcare_service_id = any($1::uuid[])`,
).reads<ServiceFact>();
const readAreas = statement(
  'copies-areas',
  `select area_id as id from area_copy where network_id = $2 and area_id = any($1::uuid[])
   union
   select area.id from healthcare_service_copy s join organization_copy o using (organization_id)
     cross join unnest(s.area_ids) as area(id)
   where o.network_id = $2 and area.id = any($1::uuid[])`,
).reads<{ id: string }>();
const readServing = statement(
  'copies-serving',
  `select ${serviceColumns} from healthcare_service_copy s join organization_copy o using (organization_id)
   where s.need = $1 and s.active and o.active and o.network_id = $3 and s.openness = 'open' and $2::uuid = any(s.area_ids)
   order by s.healthcare_service_id`,
).reads<ServiceFact>();
const readPolicy = statement(
  'copies-policy-for-client',
  `select p.reroute, p.offer, p.decline_review as "declineReview", p.timers, p.attempts, c.prohibited, c.channel,
     d.client_id is not null as died
   from (select $1::uuid as network_id, $2::uuid as client_id) asked left join policy_copy p using (network_id)
     left join client_contact c using (client_id) left join client_death d using (client_id)`,
).reads<{ [K in keyof PolicyRow]: PolicyRow[K] | null }>();
const readOwner = statement(
  'copies-owner',
  `select person_id as "personId", organization_id as "organizationId",
     active and roles && array['intake-worker', 'organization-admin'] as active from person_copy where person_id = $1`,
).reads<OwnerFact>();
const readCoordinating = statement(
  'copies-coordinating',
  `select organization_id from organization_copy where network_id = $1 and kind = 'coordinating-body' and active order by organization_id limit 1`,
).reads<{ organization_id: string }>();
const readHospital = statement(
  'copies-hospital',
  `select from organization_copy where organization_id = $1 and kind = 'hospital' and active`,
);

export async function isHospital(tx: Tx, organizationId: string): Promise<boolean> {
  return (await tx.query(readHospital, [organizationId])).length > 0;
}

export async function serviceFacts(tx: Tx, ids: readonly string[]): Promise<readonly ServiceFact[]> {
  return ids.length === 0 ? [] : tx.query(readServices, [ids]);
}

/** Those of the areas that the network has, by their own record or because one of its services names them. */
export async function knownAreas(tx: Tx, areaIds: readonly string[], networkId: string): Promise<ReadonlySet<string>> {
  if (areaIds.length === 0) return new Set();
  return new Set((await tx.query(readAreas, [areaIds, networkId])).map((each) => each.id));
}

/** Active, open services of the network that serve this need in this area: who may see a pool entry. */
export async function servicesServing(
  tx: Tx,
  asked: { readonly need: Need; readonly areaId: string; readonly networkId: string },
): Promise<readonly ServiceFact[]> {
  return tx.query(readServing, [asked.need, asked.areaId, asked.networkId]);
}

export interface ClientFact {
  readonly contact: ContactRule;
  readonly died: boolean;
}

interface PolicyRow extends PolicyFact {
  readonly prohibited: boolean | null;
  readonly channel: ContactChannel | null;
  readonly died: boolean;
}

/**
 * The network's policy, or the careful default while none has arrived (propose, single, no review); and in the same round
 * trip what every decision about a client reads.
 */
export async function policyFor(
  tx: Tx,
  { networkId, clientId }: { readonly networkId: string; readonly clientId: string },
): Promise<{ readonly policy: PolicyFact; readonly client: ClientFact }> {
  const [found] = await tx.query(readPolicy, [networkId, clientId]);
  const { reroute, offer, declineReview, timers, attempts, prohibited, channel, died } = found ?? {};
  return {
    policy: {
      reroute: reroute ?? 'propose',
      offer: offer ?? 'single',
      declineReview: declineReview ?? false,
      timers: timers ?? [],
      attempts: attempts ?? usualAttempts,
    },
    client: {
      contact: contactRule({ contactProhibited: prohibited === true, safeChannel: channel ?? null }),
      died: died === true,
    },
  };
}

/** The person named as owner; `active` only if they are active and have an agency's role. */
export async function ownerFact(tx: Tx, personId: string): Promise<OwnerFact | null> {
  const [found] = await tx.query(readOwner, [personId]);
  return found ?? null;
}

export async function coordinatingOrganization(tx: Tx, networkId: string): Promise<string | null> {
  const [found] = await tx.query(readCoordinating, [networkId]);
  return found?.organization_id ?? null;
}

/** An event of another service, with its stream's version: an older fact never overwrites a newer one. */
type Versioned<Event> = Omit<Event, 'type'> & { readonly version: number };

const organizationTable = columnsOfTable('organization_copy').holding<Versioned<OrganizationChanged>>({
  organizationId: 'organization_id',
  networkId: 'network_id',
  kind: 'kind',
  active: 'active',
  victimService: 'victim_service',
  version: 'version',
});
const areaTable = columnsOfTable('area_copy').holding<Versioned<AreaChanged>>({
  areaId: 'area_id',
  networkId: 'network_id',
  version: 'version',
});
const serviceTable = columnsOfTable('healthcare_service_copy').holding<Versioned<HealthcareServiceChanged>>({
  healthcareServiceId: 'healthcare_service_id',
  organizationId: 'organization_id',
  need: 'need',
  areaIds: 'area_ids',
  openness: 'openness',
  required: 'required',
  asked: 'asked',
  active: 'active',
  version: 'version',
});
const policyTable = columnsOfTable('policy_copy').holding<
  PolicyFact & { readonly networkId: string; readonly version: number }
>({
  networkId: 'network_id',
  reroute: 'reroute',
  offer: 'offer',
  declineReview: 'decline_review',
  timers: 'timers',
  attempts: 'attempts',
  version: 'version',
});
const personTable = columnsOfTable('person_copy').holding<
  Versioned<Pick<PersonChanged, 'personId' | 'organizationId' | 'networkId' | 'roles' | 'active'>>
>({
  personId: 'person_id',
  organizationId: 'organization_id',
  networkId: 'network_id',
  roles: 'roles',
  active: 'active',
  version: 'version',
});

const putOrganization = statement('copies-put-organization', organizationTable.upsert(['organizationId'], 'version'));
const putArea = statement('copies-put-area', areaTable.upsert(['areaId'], 'version'));
const putService = statement('copies-put-service', serviceTable.upsert(['healthcareServiceId'], 'version'));
const putPolicy = statement('copies-put-policy', policyTable.upsert(['networkId'], 'version'));
const putPerson = statement('copies-put-person', personTable.upsert(['personId'], 'version'));

export async function writeOrganization(tx: Tx, event: OrganizationChanged, version: number): Promise<void> {
  await tx.query(putOrganization, [organizationTable.json({ ...event, version })]);
}

export async function writeArea(tx: Tx, event: AreaChanged, version: number): Promise<void> {
  await tx.query(putArea, [areaTable.json({ ...event, version })]);
}

export async function writeHealthcareService(tx: Tx, event: HealthcareServiceChanged, version: number): Promise<void> {
  await tx.query(putService, [serviceTable.json({ ...event, version })]);
}

export async function writePolicy(tx: Tx, event: PolicyChanged, version: number): Promise<void> {
  await tx.query(putPolicy, [
    policyTable.json({ ...event, timers: timersIn(event), attempts: attemptsIn(event), version }),
  ]);
}

/**
 * An event holds lists of codes and counts, three of the same length; a timer without both its lengths keeps the default,
 * and one that is not the policy's to set is ignored.
 */
function timersIn({ timers = [], routineMinutes = [], urgentMinutes = [] }: PolicyChanged): readonly TimerLength[] {
  return timers.flatMap((name, index) => {
    const timer = policyTimers.find((each) => each === name);
    const [routine, urgent] = [routineMinutes[index], urgentMinutes[index]];
    return timer === undefined || routine === undefined || urgent === undefined
      ? []
      : [{ timer, routineMinutes: routine, urgentMinutes: urgent }];
  });
}

/** An event from before networks could set it means the usual ones. */
function attemptsIn(event: PolicyChanged): ContactAttemptsNeeded {
  const { attemptCount, attemptChannels, attemptBusinessDays } = event;
  return {
    count: attemptCount ?? usualAttempts.count,
    channels: attemptChannels ?? usualAttempts.channels,
    businessDays: attemptBusinessDays ?? usualAttempts.businessDays,
  };
}

export async function writePerson(tx: Tx, event: PersonChanged, version: number): Promise<void> {
  await tx.query(putPerson, [personTable.json({ ...event, version })]);
}
