/**
 * The catalogue of contract.md §3.2, copied from the document by hand: outside readers rely on it. A field with `?` may
 * be missing. Later types and fields may be added; existing entries stay.
 */
const catalogue: Readonly<Record<string, string>> = {
  'referral.created': 'clientId senderOrganizationId networkId priority neededBy?',
  'referral.changed': 'priority neededBy?',
  'referral.closed': 'closeCode metCount partlyMetCount unmetCount',
  'referral.reopened': '',
  'referral.need.added': 'serviceRequestId need areaId',
  'referral.need.settled': 'serviceRequestId result reason?',
  'referral.reroute.proposed': 'serviceRequestId afterTaskId healthcareServiceIds auto rerouteBy',
  'referral.task.drafted':
    'need healthcareServiceId? recipientOrganizationId? assignment replacesTaskId? reopensTaskId?',
  // for a pool there is no recipient and no service
  'referral.task.consent-awaited': 'clientId recipientOrganizationId? categories purpose',
  'referral.task.sent':
    'need senderOrganizationId recipientOrganizationId? healthcareServiceId? priority returnPath acknowledgeBy round',
  'referral.task.received': 'respondBy',
  'referral.task.info-requested': 'messageId replyBy',
  'referral.task.info-replied': 'messageId respondBy',
  'referral.task.accepted': 'ownerId recipientOrganizationId claimed expectedBy? firstContactBy',
  'referral.task.decline-proposed': 'reason fromState round',
  'referral.task.decline-returned': 'toState round takenBack',
  'referral.task.declined': 'reason hudResult afterAcceptance reroute parkUntil?',
  'referral.task.redirected': 'reason targetHealthcareServiceId newTaskId',
  'referral.task.progressed': 'kind at channel? reached? firstContact',
  'referral.task.held': 'subState reviewOn',
  'referral.task.resumed': '',
  'referral.task.completed': 'outcome outputCount',
  'referral.task.not-completed': 'reason hudResult reroute',
  'referral.task.withdrawal-requested': 'reason requestedBy effectiveAt',
  'referral.task.withdrawn': 'reason by',
  'referral.task.suspended': 'fromState fromSubState?',
  'referral.task.restored': 'toState',
  'referral.task.expired': 'timer',
  'referral.task.assigned': 'ownerId',
  'referral.task.marked-in-error': 'reason disclosed',
  'referral.task.reopened': 'newTaskId reason',
  'referral.task.escalated': 'timer milestone',
  'referral.task.return-path-changed': 'returnPath',
  'referral.access.granted':
    'accessId taskId clientId fromOrganizationId toOrganizationId categories purpose consentIds noticeCodes',
  'referral.access.ended': 'accessId taskId clientId cause',
  'referral.packet.opened':
    'disclosureId taskId clientId fromOrganizationId toOrganizationId direction readerId categories purpose consentIds noticeCodes first',
  'consent.recorded': 'consentId clientId kind method complete',
  'consent.revoked': 'consentId clientId whole effectiveAt',
  'consent.expired': 'consentId clientId',
  'consent.permission.changed':
    'clientId permissionVersion recipientOrganizationId purpose direction categories returnPath consentIds validFrom validUntil?',
  'consent.request.opened': 'requestId clientId taskId',
  'consent.request.closed': 'requestId',
  'consent.watermark': 'asOf',
  'notification.delivered': 'deliveryId taskId? channel template recipientOrganizationId personId',
  'notification.failed': 'deliveryId taskId? channel template recipientOrganizationId personId attempts final reason',
  'directory.organization.changed': 'organizationId networkId kind active victimService',
  'directory.healthcare-service.changed':
    'healthcareServiceId organizationId need areaIds openness required asked active version',
  'directory.policy.changed': 'networkId reroute offer declineReview',
  'identity.person.changed': 'personId organizationId networkId roles active language',
};

export const catalogued: readonly string[] = Object.keys(catalogue);

export interface PromisedField {
  readonly name: string;
  readonly always: boolean;
}

/** The fields that an event of this type must have, with those that every event of a referral and of a Task has. */
export function promisedFields(type: string): readonly PromisedField[] {
  const own = (catalogue[type] ?? '').split(' ').filter((word) => word !== '');
  const ofReferral = type.startsWith('referral.') ? ['referralId'] : [];
  const ofTask = type.startsWith('referral.task.') ? ['taskId', 'serviceRequestId'] : [];
  return [...own, ...ofReferral, ...ofTask].map((word) => ({
    name: word.replace('?', ''),
    always: !word.endsWith('?'),
  }));
}
