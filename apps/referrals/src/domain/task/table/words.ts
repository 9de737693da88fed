import type { TaskActionData } from '../../model/command.ts';
import type { FactName } from '../../model/facts.ts';

/** Fields of contract.md §2.2, by the names that a person gives them. */
export type Field =
  | ('question' | 'reply' | 'details' | 'note' | 'reason' | 'ownerId' | 'expectedBy' | 'healthcareServiceId')
  | ('kind' | 'at' | 'channel' | 'reached' | 'subState' | 'reviewOn' | 'outcome' | 'outputs');

export type Condition =
  | ('unclaimed' | 'accepted-before' | 'never-accepted' | 'suspended' | 'not-suspended')
  | ('withdrawal-asked' | 'no-withdrawal-asked' | 'opened' | 'unopened' | 'undisclosed')
  | ('review-asked' | 'no-review-asked');

export type GuardName =
  | ('someAgencyIsEligible' | 'serviceServesNeed' | 'serviceIsActive' | 'serviceIsOpen' | 'areaIsServed')
  | 'targetIsAnother'
  | ('consentViewIsFresh' | 'consentCoversRecipient' | 'consentDoesNotCoverRecipient' | 'consentNamesClaimer')
  | ('noOpenTaskForOrganization' | 'noOtherOpenTask' | 'ownerIsActive' | 'assignsOneselfOrIsAdministrator')
  | ('returnRoundsLeft' | 'policyAllowsPick' | 'notPickedYet' | 'contactAttemptsMet' | 'clientDied')
  | ('withinReopenWindow' | 'timerHasRunOut' | 'channelIsAllowed' | 'clientIsAlive');

/** The facts that each guard reads, by the names of the column `facts`; a guard that is not here reads none. */
interface ReadsOfGuards {
  readonly someAgencyIsEligible: 'eligible';
  readonly serviceServesNeed: 'service';
  readonly serviceIsActive: 'service';
  readonly serviceIsOpen: 'service';
  readonly areaIsServed: 'service';
  readonly consentViewIsFresh: 'consent' | 'eligible';
  readonly consentCoversRecipient: 'service' | 'consent' | 'eligible';
  readonly consentDoesNotCoverRecipient: 'service' | 'consent' | 'eligible';
  readonly consentNamesClaimer: 'eligible';
  readonly noOpenTaskForOrganization: 'service';
  readonly ownerIsActive: 'owner';
  readonly contactAttemptsMet: 'contact';
  readonly channelIsAllowed: 'contact';
}

export type ReadsOf<Guard extends GuardName> = Guard extends keyof ReadsOfGuards ? ReadsOfGuards[Guard] : never;

/** The guards that a row with these facts may have. */
export type GuardOver<Fact extends FactName> = {
  [Guard in GuardName]: [ReadsOf<Guard>] extends [Fact] ? Guard : never;
}[GuardName];

/** How each field of a request stands in the domain: a text is an id, or only that there is one. */
type InDomain<Name extends Field> = Name extends keyof TaskActionData
  ? Name
  : Name extends 'question' | 'reply'
    ? 'messageId'
    : Name extends 'note'
      ? 'hasNote'
      : never;

/** The data of a row whose needed fields were found to be there. */
export type DataWith<Needed extends Field, Optional extends Field> = Required<Pick<TaskActionData, InDomain<Needed>>> &
  Pick<TaskActionData, InDomain<Optional>>;
