import { ReferralCreated, riverCounty, type RecordConsent } from '#contracts';
import { council, harbor, hospital } from './consent-examples.ts';

/** Bodies of `POST /consents`. The client's name is a canary: it must appear only in reads of the consent. */
export const canary = 'Zephyrine Quillfeather';

export function paper(clientId: string, changes: Partial<RecordConsent> = {}): RecordConsent {
  return {
    clientId,
    kind: 'named-recipient',
    disclosers: [hospital],
    recipients: [harbor],
    intermediaryId: council,
    categories: ['core-contact', 'stated-need'],
    purposes: ['care-coordination'],
    directions: ['send', 'return'],
    returnPath: 'outcome',
    expiresOn: '2027-06-30',
    signedName: canary,
    signer: { relation: 'self', name: canary },
    method: 'e-signature',
    statementVersion: '2026-01',
    language: 'en',
    signedAt: '2026-11-24T07:00:00.000Z',
    ...changes,
  };
}

/** The event from which consent knows that the hospital owns the client. */
export function created(referralId: string, clientId: string): ReferralCreated {
  return ReferralCreated.of({
    referralId,
    clientId,
    senderOrganizationId: hospital,
    networkId: riverCounty.networkId,
    priority: 'routine',
  });
}
