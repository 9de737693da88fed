import type { NetworkId, OrganizationId, OrganizationKind, PersonId, ReturnPath, Role } from '#contracts';

export const addressees = [
  'agency',
  'agency-admins',
  'sender',
  'sender-and-admins',
  'coordinators',
  'coordination-admins',
] as const;

/**
 * A group of people who are notified, in the words of contract.md §3.2. `sender` is the person who made the Task; for
 * escalations also the organization-admins of its organization. `coordination-admins` supervise the coordinators.
 */
export type Addressee = (typeof addressees)[number];

/** Between whom a referral or a Task of it runs, folded from its events. For a whole referral `task` is null. */
export interface Parties {
  readonly senderOrganizationId: OrganizationId;
  /** The person who made the Task, or otherwise the referral; null if no person did. */
  readonly creatorId: PersonId | null;
  readonly task: TaskSide | null;
  /** For a whole referral: whether its closing would report the result of a Task that is withheld from the sender. */
  readonly resultIsWithheld?: boolean;
}

export interface TaskSide {
  /** The recipient; of an unclaimed pool Task every organization that may see it. */
  readonly agencyIds: readonly OrganizationId[];
  /** Before it is sent, no agency is notified of it, nor of its withdrawal. */
  readonly sent: boolean;
  readonly returnPath: ReturnPath;
}

/** An active person of an active organization of the network. `organizationKind` is null while it is unknown. */
export interface Recipient {
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
  readonly networkId: NetworkId;
  readonly organizationKind: OrganizationKind | null;
  readonly roles: readonly Role[];
}

/** Whether these parties have such an addressee. */
export function isConcerned(addressee: Addressee, parties: Parties): boolean {
  if (addressee === 'agency' || addressee === 'agency-admins') return parties.task?.sent === true;
  return true;
}

/**
 * The people of an addressee. A missing role leaves nobody out: if an agency has no administrator, its intake workers are
 * notified; if no person made the Task, or that person has left, the administrators of the sending organization are.
 */
export function recipientsOf(
  addressee: Addressee,
  parties: Parties,
  people: readonly Recipient[],
): readonly Recipient[] {
  const isAgency = (person: Recipient): boolean => parties.task?.agencyIds.includes(person.organizationId) === true;
  const isOfSender = (person: Recipient): boolean => person.organizationId === parties.senderOrganizationId;
  const isCreator = (person: Recipient): boolean => isOfSender(person) && person.personId === parties.creatorId;
  const isSenderAdmin = (person: Recipient): boolean => isOfSender(person) && has(person, 'organization-admin');
  const isSenderPlanner = (person: Recipient): boolean => isOfSender(person) && has(person, 'discharge-planner');
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

/** The people who fit the first of these descriptions that fits anybody. */
function firstOf(
  people: readonly Recipient[],
  ...descriptions: readonly ((person: Recipient) => boolean)[]
): readonly Recipient[] {
  return descriptions.map((describes) => people.filter(describes)).find((found) => found.length > 0) ?? [];
}
