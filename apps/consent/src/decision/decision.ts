import {
  decisionBecause,
  type Category,
  type ConsentId,
  type DecisionBecause,
  type Direction,
  type InstantText,
  type OrganizationId,
  type Purpose,
  type ReturnPath,
} from '#contracts';
import { treats, type ClientFacts, type ConsentRecord } from '../consent/consent.ts';
import { isTakenBack, validityOf } from '../validity/validity.ts';
import { farEndsOf, permissionsOf } from '../permission/permission.ts';

export interface Question {
  readonly recipientOrganizationId: OrganizationId;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly direction: Direction;
}

export interface Decision {
  readonly categories: readonly {
    readonly category: Category;
    readonly allowed: boolean;
    readonly consentIds: readonly ConsentId[];
    readonly because: DecisionBecause;
  }[];
  readonly returnPath: ReturnPath;
}

/** What the records that the caller may see would allow, category by category, and why. It authorises nothing. */
export function explain(
  records: readonly ConsentRecord[],
  facts: ClientFacts,
  question: Question,
  now: InstantText,
): Decision {
  const allowedBy = (category: Category): readonly ConsentId[] =>
    records.filter((record) => opens(record, facts, { ...question, category }, now)).map((record) => record.consentId);
  const permission = permissionsOf(records, facts, now).find(
    (each) =>
      each.recipientOrganizationId === question.recipientOrganizationId &&
      each.purpose === question.purpose &&
      each.direction === question.direction,
  );
  return {
    categories: question.categories.map((category) => {
      const consentIds = [...allowedBy(category)].sort();
      const allowed = consentIds.length > 0;
      const because = allowed ? 'named-by-consent' : nearest(records, facts, { ...question, category }, now);
      return { category, allowed, consentIds, because };
    }),
    returnPath: permission?.returnPath ?? 'none',
  };
}

interface OneQuestion extends Question {
  readonly category: Category;
}

function opens(record: ConsentRecord, facts: ClientFacts, asked: OneQuestion, now: InstantText): boolean {
  return permissionsOf([record], facts, now).some(
    (each) =>
      each.recipientOrganizationId === asked.recipientOrganizationId &&
      each.purpose === asked.purpose &&
      each.direction === asked.direction &&
      each.categories.includes(asked.category),
  );
}

function nearest(
  records: readonly ConsentRecord[],
  facts: ClientFacts,
  asked: OneQuestion,
  now: InstantText,
): DecisionBecause {
  const reasons = new Set(records.map((record) => reasonOf(record, facts, asked, now)));
  return decisionBecause.find((because) => reasons.has(because)) ?? 'no-consent';
}

/** Why this record, which is known not to permit the request, does not permit it. */
function reasonOf(record: ConsentRecord, facts: ClientFacts, asked: OneQuestion, now: InstantText): DecisionBecause {
  if (!namesRecipient(record, facts, asked.recipientOrganizationId)) return 'no-consent';
  if (!namesAll(record, asked)) return 'not-named';
  const validity = validityOf(record, now);
  if (validity === 'revoked' || validity === 'expired' || validity === 'incomplete') return validity;
  if (isTakenBack(record, { ...asked, recipient: asked.recipientOrganizationId })) return 'revoked';
  if (farEndsOf(record, facts).length === 0) return 'client-not-known-yet';
  return 'kind-does-not-open';
}

function namesRecipient(record: ConsentRecord, facts: ClientFacts, recipient: OrganizationId): boolean {
  if (record.recipients.includes(recipient) || record.intermediaryId === recipient) return true;
  // A return-path paper from the agency to the owner names the agency as discloser.
  if (record.kind === 'return-path' && record.disclosers.includes(recipient)) return true;
  return record.recipientClass !== null && treats(facts, record.networkId, recipient);
}

function namesAll(record: ConsentRecord, asked: OneQuestion): boolean {
  return (
    record.categories.includes(asked.category) &&
    record.purposes.includes(asked.purpose) &&
    record.directions.includes(asked.direction) &&
    (asked.direction === 'send' || record.returnPath !== 'none')
  );
}
