import type { Category, InstantText, Need, Openness, ReturnPath, Role } from '#contracts';
import { cast, idOf } from './cast.ts';

type Kind = 'person' | 'system' | 'timer' | 'client';

export interface AskingPerson {
  readonly personId: string | null;
  readonly organizationId: string | null;
  readonly roles: readonly Role[];
  readonly kind: Kind;
}

const person = (personId: string, organizationId: string, role: Role): AskingPerson => ({
  ...{ personId, organizationId, roles: [role], kind: 'person' },
});
const nobody = (kind: Kind): AskingPerson => ({ personId: null, organizationId: null, roles: [], kind });

/** Everybody who may request something of a referral, one for each relation to it. */
export const callers = {
  dana: person(cast.dana, cast.hospital, 'discharge-planner'),
  hugo: person(cast.hugo, cast.hospital, 'organization-admin'),
  olga: person(cast.olga, cast.hospital, 'privacy-officer'),
  ehr: person(cast.ehr, cast.hospital, 'system-client'),
  ines: person(cast.ines, cast.harbor, 'intake-worker'),
  abel: person(cast.abel, cast.harbor, 'organization-admin'),
  ivan: person(cast.ivan, cast.openDoor, 'intake-worker'),
  iris: person(cast.iris, cast.lakeside, 'intake-worker'),
  cora: person(cast.cora, cast.council, 'coordinator'),
  otto: person(cast.otto, cast.council, 'privacy-officer'),
  system: nobody('system'),
  timer: nobody('timer'),
  client: nobody('client'),
} as const satisfies Readonly<Record<string, AskingPerson>>;

const service = (healthcareServiceId: string, organizationId: string, need: Need) =>
  ({
    ...{ healthcareServiceId, organizationId, need, areaIds: [cast.north, cast.south] },
    ...{ openness: 'open' as Openness, active: true, organizationActive: true },
    required: ['core-contact', 'stated-need'] as readonly Category[],
    asked: ['functional-needs'] as readonly Category[],
  }) as const;

export const services = {
  harborBeds: service(cast.harborBeds, cast.harbor, 'housing'),
  openDoorHomes: service(cast.openDoorHomes, cast.openDoor, 'housing'),
  lakesideClinic: service(cast.lakesideClinic, cast.lakeside, 'mental-health'),
} as const;

/** What consent gives an organization; without arguments, everything that the templates ask for. */
export function consenting(
  categories: readonly Category[] = ['core-contact', 'stated-need', 'functional-needs'],
  returnPath: ReturnPath = 'outcome',
) {
  return {
    ...{ fresh: true, categories, purpose: 'care-coordination' as const, returnPath },
    ...{ consentIds: [cast.consent], validUntil: null },
  };
}

/** The facts of a request: time, counted ids, the policy, and other looked-up facts. */
export function factsAt<Policy, More extends object>(now: InstantText, policy: Policy, more: More) {
  let made = 0;
  const newId = (): string => idOf('e', ++made);
  return { now, newId, policy, ...more };
}
