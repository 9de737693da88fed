import type { NetworkId, OrganizationId, OrganizationKind, PersonId, ReturnPath, Role } from '#contracts';

/**
 * Who is told, in the words of contract.md §3.2. `sender` is who made the Task; for escalations also the
 * organization-admins of its organization. `coordination-admins` stand above the coordinators.
 */
export type Addressee =
  'agency' | 'agency-admins' | 'sender' | 'sender-and-admins' | 'coordinators' | 'coordination-admins';

/** Between whom a referral or a Task of it runs, as learned from its events. Of a whole referral `task` is null. */
export interface Parties {
  readonly senderOrganizationId: OrganizationId;
  /** Who made the Task, or else the referral; null where no person did. */
  readonly creatorId: PersonId | null;
  readonly task: TaskSide | null;
  /** Of a whole referral: whether a Task of it may report nothing, so that what it all came to is not told either. */
  readonly reportsNothing?: boolean;
}

export interface TaskSide {
  /** The recipient; of an unclaimed pool Task every organization that may see it. */
  readonly agencyIds: readonly OrganizationId[];
  /** Until it was sent no agency has heard of it, and none hears that it was withdrawn. */
  readonly sent: boolean;
  readonly returnPath: ReturnPath;
}

/** An active person of an active organization of the network. `organizationKind` is null while we do not know it. */
export interface Recipient {
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly organizationKind: OrganizationKind | null;
  readonly roles: readonly Role[];
}

/** Whether there is such an addressee to tell at all. */
export function isConcerned(addressee: Addressee, parties: Parties): boolean {
  if (addressee === 'agency' || addressee === 'agency-admins') return parties.task?.sent === true;
  return true;
}

/**
 * The people of an addressee. Nobody is left untold for want of a role: where an agency has no administrator its intake
 * workers hear, and where no person made the Task (or that one has left) the sending organization's administrators do.
 */
export function recipientsOf(
  addressee: Addressee,
  parties: Parties,
  people: readonly Recipient[],
): readonly Recipient[] {
  const isAgency = (person: Recipient): boolean => parties.task?.agencyIds.includes(person.organizationId) === true;
  const isSender = (person: Recipient): boolean => person.organizationId === parties.senderOrganizationId;
  const isCreator = (person: Recipient): boolean => isSender(person) && person.personId === parties.creatorId;
  const isSenderAdmin = (person: Recipient): boolean => isSender(person) && has(person, 'organization-admin');
  const isSenderPlanner = (person: Recipient): boolean => isSender(person) && has(person, 'discharge-planner');
  switch (addressee) {
    case 'agency':
      return people.filter((person) => isAgency(person) && has(person, 'intake-worker', 'organization-admin'));
    case 'agency-admins':
      return firstOf(
        people,
        (person) => isAgency(person) && has(person, 'organization-admin'),
        (person) => isAgency(person) && has(person, 'intake-worker'),
      );
    case 'sender':
      return firstOf(people, isCreator, isSenderAdmin, isSenderPlanner);
    case 'sender-and-admins':
      return firstOf(people, (person) => isCreator(person) || isSenderAdmin(person), isSenderPlanner);
    case 'coordinators':
      return people.filter((person) => has(person, 'coordinator'));
    case 'coordination-admins':
      return people.filter(
        (person) =>
          person.organizationKind === 'coordinating-body' && has(person, 'organization-admin', 'network-admin'),
      );
  }
}

function has(person: Recipient, ...roles: readonly Role[]): boolean {
  return roles.some((role) => person.roles.includes(role));
}

/** The people of the first description that anybody answers. */
function firstOf(
  people: readonly Recipient[],
  ...descriptions: readonly ((person: Recipient) => boolean)[]
): readonly Recipient[] {
  return descriptions.map((describes) => people.filter(describes)).find((found) => found.length > 0) ?? [];
}
