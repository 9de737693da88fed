import type {
  Category,
  ClientId,
  ConsentId,
  ConsentKind,
  ConsentMethod,
  DayText,
  Direction,
  InstantText,
  NetworkId,
  OrganizationId,
  Purpose,
  RecipientClass,
  ReturnPath,
} from '#contracts';

/** Which texts a paper has. The texts themselves are client data and stay in the row: no rule reads them. */
export interface StatedElements {
  readonly signedName: boolean;
  readonly signer: boolean;
  readonly statement: boolean;
  readonly language: boolean;
  readonly attestation: boolean;
  readonly evidence: boolean;
  /** The consent ends at an event described in words; nobody can compute that, so a revocation ends it. */
  readonly expiresEvent: boolean;
}

/** What a revocation takes back: everything that matches every list. A null list means all. */
export interface RevocationTerms {
  readonly recipients: readonly OrganizationId[] | null;
  readonly categories: readonly Category[] | null;
  readonly directions: readonly Direction[] | null;
  readonly purposes: readonly Purpose[] | null;
}

export interface Revocation {
  /** When it was recorded, which is when it takes effect (domain.md §3: not the day on which it was written). */
  readonly at: InstantText;
  /** Null revokes the whole consent. */
  readonly scope: RevocationTerms | null;
}

/** One consent as the rules see it: ids, codes, instants, and which texts exist. */
export interface ConsentRecord {
  readonly consentId: ConsentId;
  readonly clientId: ClientId;
  readonly kind: ConsentKind;
  readonly recordedByOrganizationId: OrganizationId;
  /** The client's owner who confirms a paper that another organization recorded. */
  readonly confirmedByOrganizationId: OrganizationId | null;
  readonly networkId: NetworkId;
  readonly recordedAt: InstantText;
  readonly disclosers: readonly OrganizationId[];
  readonly recipients: readonly OrganizationId[];
  readonly recipientClass: RecipientClass | null;
  readonly intermediaryId: OrganizationId | null;
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
  readonly directions: readonly Direction[];
  readonly returnPath: ReturnPath;
  readonly expiresOn: DayText | null;
  readonly method: ConsentMethod;
  readonly signedAt: InstantText | null;
  readonly stated: StatedElements;
  /** The contradictions found in its text when it was recorded (validity/contradictions.ts). */
  readonly contradictions: readonly string[];
  readonly revocations: readonly Revocation[];
}

/** All facts that decisions of the client stream need, without names. */
export interface ClientFacts {
  /** Organizations that own this client, known from `referral.created`. */
  readonly owners: readonly OrganizationId[];
  /** Organizations that treat (hospitals, mental-health and substance-use programmes), by network. */
  readonly treating: ReadonlyMap<NetworkId, ReadonlySet<OrganizationId>>;
}

/** Categories that a general or class wording cannot permit to an organization that does not treat (domain.md §3). */
const openCategories: ReadonlySet<Category> = new Set(['core-contact', 'stated-need', 'functional-needs']);

export function isProtected(category: Category): boolean {
  return !openCategories.has(category);
}

/** 42 CFR 2.31(a), 34 U.S.C. 12291(b)(2)(B): these need writing; a spoken consent never permits them. */
const written: ReadonlySet<Category> = new Set(['substance-use', 'domestic-violence']);

export function needsWriting(category: Category): boolean {
  return written.has(category);
}

export function treats(facts: ClientFacts, networkId: NetworkId, organizationId: OrganizationId): boolean {
  return facts.treating.get(networkId)?.has(organizationId) ?? false;
}
