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
