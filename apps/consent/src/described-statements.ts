// Generated from PostgreSQL's descriptions: UPDATE_RELEASED=1 npm test -- statements
import type { Computed, Sent } from '#persistence';

declare module '#persistence' {
  interface DescribedStatements {
    'append to ledger': { parameters: [Sent<string>]; row: object };
    'clients watched': { parameters: [Sent<string>, Sent<string | number>]; row: { client_id: string } };
    'consents of client': { parameters: [Sent<string>]; row: { consent_id: string; client_id: string; version: number; kind: string; recorded_by: string; recorded_by_organization_id: string; network_id: string; recorded_at: string; disclosers: readonly string[]; recipients: readonly string[]; recipient_class: string | null; intermediary_id: string | null; categories: readonly string[]; purposes: readonly string[]; directions: readonly string[]; return_path: string; expires_on: string | null; expires_event: string | null; signed_name: string | null; signer: unknown; method: string; attestation: unknown; evidence_sha256: string | null; evidence_type: string | null; statement_version: string | null; language: string | null; signed_at: string | null; expiry_told_at: string | null; contradictions: readonly string[]; confirmed_by: string | null; confirmed_by_organization_id: string | null; confirmed_at: string | null } };
    'hold ledger head': { parameters: [Sent<string>, Sent<string>, Sent<string>]; row: { place: Computed<number>; seal: Computed<string>; written: Computed<boolean> } };
    'keep evidence': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<Buffer>]; row: object };
    'keep new ledger findings': { parameters: [Sent<readonly Sent<string>[]>, Sent<string>, Sent<string>]; row: { finding: string } };
    'keep organization': { parameters: [Sent<string>, Sent<string>, Sent<boolean>, Sent<boolean>]; row: object };
    'keep service': { parameters: [Sent<string>, Sent<string>, Sent<boolean>]; row: object };
    'keep verification': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>, Sent<number>, Sent<number>, Sent<number>, Sent<string>, Sent<number>, Sent<string>, Sent<number>]; row: object };
    'known referral': { parameters: [Sent<string>]; row: { referral_id: string; client_id: string; organization_id: string; network_id: string } };
    'last ledger anchor': { parameters: [Sent<string>]; row: { version: number; data: unknown } };
    'learn of referral': { parameters: [Sent<string>, Sent<string>, Sent<string>, Sent<string>]; row: object };
    'ledger anchors': { parameters: [Sent<string>, Sent<number>, Sent<string | number>]; row: { version: number; data: unknown } };
    'ledger chain of client': { parameters: [Sent<string>]; row: { entryId: Computed<string>; clientId: Computed<string>; place: Computed<number>; eventId: Computed<string>; disclosureId: string | null; accessId: string | null; kind: Computed<string>; direction: Computed<string>; at: Computed<string>; referralId: Computed<string>; taskId: Computed<string>; fromOrganizationId: Computed<string>; toOrganizationId: Computed<string>; readerId: string | null; categories: Computed<readonly string[]>; purpose: Computed<string>; consentIds: Computed<readonly string[]>; noticeCodes: Computed<readonly string[]>; attachmentIds: Computed<readonly string[]>; cause: string | null; previousSeal: Computed<string>; seal: Computed<string>; unheard: Computed<boolean>; headPlace: Computed<number>; headSeal: Computed<string> } };
    'ledger entries': { parameters: [Sent<string>, Sent<string>, Sent<number>, Sent<string | number>]; row: { entryId: string; clientId: string; place: number; eventId: string; disclosureId: string | null; accessId: string | null; kind: string; direction: string; at: string; referralId: string; taskId: string; fromOrganizationId: string; toOrganizationId: string; readerId: string | null; categories: readonly string[]; purpose: string; consentIds: readonly string[]; noticeCodes: readonly string[]; attachmentIds: readonly string[]; cause: string | null; previousSeal: string; seal: string } };
    'ledger entries of clients': { parameters: [Sent<string>, Sent<string>]; row: { entryId: string; clientId: string; place: number; eventId: string; disclosureId: string | null; accessId: string | null; kind: string; direction: string; at: string; referralId: string; taskId: string; fromOrganizationId: string; toOrganizationId: string; readerId: string | null; categories: readonly string[]; purpose: string; consentIds: readonly string[]; noticeCodes: readonly string[]; attachmentIds: readonly string[]; cause: string | null; previousSeal: string; seal: string; unheard: Computed<boolean> } };
    'ledger entries to anchor': { parameters: []; row: { waiting: Computed<boolean> } };
    'ledger entry of access': { parameters: [Sent<string>]; row: { entryId: string; clientId: string; place: number; eventId: string; disclosureId: string | null; accessId: string | null; kind: string; direction: string; at: string; referralId: string; taskId: string; fromOrganizationId: string; toOrganizationId: string; readerId: string | null; categories: readonly string[]; purpose: string; consentIds: readonly string[]; noticeCodes: readonly string[]; attachmentIds: readonly string[]; cause: string | null; previousSeal: string; seal: string } };
    'ledger heads': { parameters: [Sent<string>, Sent<string | number>]; row: { clientId: string; place: number; seal: string } };
    'ledger openings missing': { parameters: [Sent<readonly Sent<string>[]>, Sent<readonly Sent<string>[]>, Sent<readonly Sent<string>[]>, Sent<string>]; row: { disclosureId: Computed<string> } };
    'ledger openings of referrals': { parameters: [Sent<readonly Sent<string>[]>]; row: { entryId: string; clientId: string; place: number; disclosureId: string | null; referralId: string; fromOrganizationId: string; toOrganizationId: string } };
    'ledger referrals with openings': { parameters: [Sent<string>, Sent<string | number>]; row: { referralId: string } };
    'ledger stream is cut short': { parameters: [Sent<string>]; row: { short: Computed<boolean> } };
    'newest referral of client': { parameters: [Sent<string>]; row: { referralId: string; organizationId: string } };
    'organization treats': { parameters: [Sent<string>]; row: { treats: Computed<boolean> } };
    'owners of chain': { parameters: [Sent<string>]; row: { organizationId: string } };
    'owners of client': { parameters: [Sent<string>]; row: { organization_id: string } };
    'owns the client': { parameters: [Sent<string>, Sent<string>]; row: { known: Computed<boolean> } };
    'permissions of client': { parameters: [Sent<string>]; row: { client_id: string; recipient_organization_id: string; purpose: string; direction: string; categories: readonly string[]; return_path: string; consent_ids: readonly string[]; valid_from: string; valid_until: string | null; intermediary: boolean; version: number; expired_categories: readonly string[]; expired_at: string | null } };
    'revocations of consents': { parameters: [Sent<readonly Sent<string>[]>]; row: { revocation_id: string; consent_id: string; client_id: string; at: string; received_at: string; method: string; whole: boolean; recipients: readonly string[] | null; categories: readonly string[] | null; directions: readonly string[] | null; purposes: readonly string[] | null; recorded_by: string; recorded_by_organization_id: string } };
    'take ledger entries to anchor': { parameters: [Sent<string | number>]; row: { clientId: string; place: number; seal: string } };
    'tasks with access by consent': { parameters: [Sent<string>, Sent<string>, Sent<string | number>]; row: { taskId: string } };
    'treating organizations': { parameters: [Sent<readonly Sent<string>[]>]; row: { network_id: string; organization_id: string } };
    'verifications, newest first': { parameters: [Sent<string>, Sent<string | number>]; row: { verification_id: string; asked_by: string | null; started_at: string; finished_at: string; chains: number; entries: number; anchors: number; last_anchor: unknown; finding_count: number; findings: unknown; openings: number | null } };
  }
}
