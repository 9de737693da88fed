import type { Category } from '../codes/category.ts';
import type { Language } from '../codes/language.ts';
import type { Need } from '../codes/need.ts';
import type { Openness } from '../codes/openness.ts';
import type { OrganizationKind } from '../codes/organization-kind.ts';
import type { Role } from '../codes/role.ts';
import type { TokenScope } from '../codes/token-scope.ts';
import type { AreaId, HealthcareServiceId, NetworkId, OrganizationId, PersonId } from '../ids.ts';

/**
 * The seed network of contract.md §6.4, as data: directory seeds the organizations, services and areas, identity the
 * people. The ids are fixed, so that both services agree without asking each other, and the seed can be repeated.
 */
const id = (kind: number, number: number): string =>
  `0190a0c0-0000-7000-8000-${kind.toString(16).padStart(4, '0')}${number.toString(16).padStart(8, '0')}`;

export const riverCounty: { readonly networkId: NetworkId; readonly code: string; readonly name: string } = {
  networkId: id(1, 1),
  code: 'river-county',
  name: 'River County',
};

/**
 * The platform itself; its operators belong to it. It is not a member of a network, and the directory does not know it,
 * so no role of a network is valid in it.
 */
export const seedOperations: {
  readonly organizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly code: string;
  readonly name: string;
} = { organizationId: id(3, 0), networkId: id(1, 0), code: 'platform', name: 'Platform operations' };

export interface SeedArea {
  readonly areaId: AreaId;
  readonly code: string;
  readonly name: string;
}

export const seedAreas: readonly SeedArea[] = [
  { areaId: id(2, 1), code: 'north', name: 'North River County' },
  { areaId: id(2, 2), code: 'south', name: 'South River County' },
];

export interface SeedOrganization {
  readonly organizationId: OrganizationId;
  readonly code: string;
  readonly name: string;
  readonly kind: OrganizationKind;
}

const organization = (number: number, code: string, name: string, kind: OrganizationKind): SeedOrganization => ({
  organizationId: id(3, number),
  code,
  name,
  kind,
});

export const seedOrganizations: readonly SeedOrganization[] = [
  organization(1, 'st-brigid', 'St. Brigid Hospital', 'hospital'),
  organization(2, 'harbor-house', 'Harbor House', 'agency'),
  organization(3, 'open-door', 'Open Door Housing', 'agency'),
  organization(4, 'lakeside', 'Lakeside Counseling', 'agency'),
  organization(5, 'northway', 'Northway Behavioral Health', 'agency'),
  organization(6, 'workbridge', 'WorkBridge', 'agency'),
  organization(7, 'second-start', 'Second Start Jobs', 'agency'),
  organization(8, 'river-council', 'River County Coordination Council', 'coordinating-body'),
];

export interface SeedHealthcareService {
  readonly healthcareServiceId: HealthcareServiceId;
  readonly code: string;
  readonly name: string;
  readonly organizationCode: string;
  readonly need: Need;
  readonly areaCodes: readonly string[];
  readonly openness: Openness;
  readonly asked: readonly Category[];
}

const healthcareService = (
  number: number,
  code: string,
  name: string,
  organizationCode: string,
  need: Need,
  areaCodes: readonly string[],
  openness: Openness,
  asked: readonly Category[],
): SeedHealthcareService => ({
  healthcareServiceId: id(4, number),
  code,
  name,
  organizationCode,
  need,
  areaCodes,
  openness,
  asked,
});

/** Every template requires core-contact and stated-need. */
export const seedRequired: readonly Category[] = ['core-contact', 'stated-need'];

/** Every seed service speaks these languages, so language never decides between them. */
export const seedLanguages: readonly Language[] = ['en', 'es'];

/** IANA name; the whole county has one time zone. */
export const seedTimeZone = 'America/Chicago';

export const seedHealthcareServices: readonly SeedHealthcareService[] = [
  healthcareService(1, 'harbor-beds', 'Harbor House beds', 'harbor-house', 'housing', ['north', 'south'], 'open', [
    'functional-needs',
  ]),
  healthcareService(2, 'open-door-homes', 'Open Door homes', 'open-door', 'housing', ['north', 'south'], 'open', [
    'functional-needs',
  ]),
  healthcareService(3, 'lakeside-clinic', 'Lakeside clinic', 'lakeside', 'mental-health', ['north', 'south'], 'open', [
    'functional-needs',
    'mental-health',
  ]),
  healthcareService(4, 'northway-clinic', 'Northway clinic', 'northway', 'mental-health', ['north'], 'waitlist', [
    'functional-needs',
    'mental-health',
  ]),
  healthcareService(
    5,
    'workbridge-jobs',
    'WorkBridge jobs',
    'workbridge',
    'employment',
    ['north', 'south'],
    'open',
    [],
  ),
  healthcareService(6, 'second-start-jobs', 'Second Start jobs', 'second-start', 'employment', ['south'], 'open', [
    'criminal-history',
  ]),
];

export interface SeedPerson {
  readonly personId: PersonId;
  readonly login: string;
  readonly displayName: string;
  readonly organizationCode: string;
  readonly roles: readonly Role[];
  readonly language: Language;
}

const person = (
  number: number,
  login: string,
  displayName: string,
  organizationCode: string,
  role: Role,
): SeedPerson => ({ personId: id(5, number), login, displayName, organizationCode, roles: [role], language: 'en' });

export const seedPeople: readonly SeedPerson[] = [
  person(1, 'dana.planner', 'Dana Planner', 'st-brigid', 'discharge-planner'),
  person(2, 'hugo.admin', 'Hugo Admin', 'st-brigid', 'organization-admin'),
  person(3, 'olga.privacy', 'Olga Privacy', 'st-brigid', 'privacy-officer'),
  person(4, 'ines.harbor', 'Ines Harbor', 'harbor-house', 'intake-worker'),
  person(5, 'abel.harbor', 'Abel Harbor', 'harbor-house', 'organization-admin'),
  person(6, 'ivan.opendoor', 'Ivan Opendoor', 'open-door', 'intake-worker'),
  person(7, 'ada.opendoor', 'Ada Opendoor', 'open-door', 'organization-admin'),
  person(8, 'iris.lakeside', 'Iris Lakeside', 'lakeside', 'intake-worker'),
  person(9, 'axel.lakeside', 'Axel Lakeside', 'lakeside', 'organization-admin'),
  person(10, 'ian.northway', 'Ian Northway', 'northway', 'intake-worker'),
  person(11, 'ilse.workbridge', 'Ilse Workbridge', 'workbridge', 'intake-worker'),
  person(12, 'igor.secondstart', 'Igor Secondstart', 'second-start', 'intake-worker'),
  person(13, 'cora.coordinator', 'Cora Coordinator', 'river-council', 'coordinator'),
  person(14, 'cyrus.coordinator', 'Cyrus Coordinator', 'river-council', 'coordinator'),
  person(15, 'nora.network', 'Nora Network', 'river-council', 'network-admin'),
  person(16, 'otto.privacy', 'Otto Privacy', 'river-council', 'privacy-officer'),
  person(17, 'pat.operator', 'Pat Operator', seedOperations.code, 'platform-operator'),
];

/** The address of a seed person, in a domain that delivers to nobody (RFC 2606). */
export function seedEmail(person: SeedPerson): string {
  return `${person.login}@${person.organizationCode}.example`;
}

/** System-clients: our own services, and the hospital's record system. */
export interface SeedSystemClient {
  readonly personId: PersonId;
  readonly clientId: string;
  readonly organizationCode: string;
  readonly scopes: readonly TokenScope[];
}

export const seedSystemClients: readonly SeedSystemClient[] = [
  { personId: id(6, 1), clientId: 'referrals', organizationCode: 'river-council', scopes: ['log:read'] },
  {
    personId: id(6, 2),
    clientId: 'notifications',
    organizationCode: 'river-council',
    scopes: ['contact:read', 'log:read'],
  },
  { personId: id(6, 3), clientId: 'st-brigid-ehr', organizationCode: 'st-brigid', scopes: [] },
  { personId: id(6, 4), clientId: 'consent', organizationCode: 'river-council', scopes: ['log:read'] },
  { personId: id(6, 5), clientId: 'coordination', organizationCode: 'river-council', scopes: ['log:read'] },
];

/** The id of a seed organization, or of the platform. Throws for an unknown code. */
export function seedOrganizationId(code: string): OrganizationId {
  if (code === seedOperations.code) return seedOperations.organizationId;
  const found = seedOrganizations.find((each) => each.code === code);
  if (found === undefined) throw new Error(`no seed organization ${code}`);
  return found.organizationId;
}

/** The network of a seed organization; the platform has its own. */
export function seedNetworkId(code: string): NetworkId {
  return code === seedOperations.code ? seedOperations.networkId : riverCounty.networkId;
}

/** The id of a seed area. Throws for an unknown code. */
export function seedAreaId(code: string): AreaId {
  const found = seedAreas.find((each) => each.code === code);
  if (found === undefined) throw new Error(`no seed area ${code}`);
  return found.areaId;
}
