import {
  categories as categoryOrder,
  returnPaths,
  type Category,
  type ConsentId,
  type Direction,
  type InstantText,
  type OrganizationId,
  type Purpose,
  type ReturnPath,
} from '#contracts';
import { treats, type ClientFacts, type ConsentRecord } from '../consent/consent.ts';
import { endOf, isActive, isTakenBack, startOf } from '../validity/validity.ts';
import { vouchers } from '../validity/assessment.ts';
import { kindOpens } from './kind-rules.ts';

/**
 * Whose permission, for which purpose, in which direction. `recipient` is the organization at the far end in both
 * directions.
 */
export interface PermissionKey {
  readonly recipientOrganizationId: OrganizationId;
  readonly purpose: Purpose;
  readonly direction: Direction;
}

/** The complete current permission for one key: what all consents of the client together allow. Never empty. */
export interface Permission extends PermissionKey {
  readonly categories: readonly Category[];
  /** What may come back from this recipient for this purpose: the same in the permissions of both directions. */
  readonly returnPath: ReturnPath;
  readonly consentIds: readonly ConsentId[];
  readonly validFrom: InstantText;
  /** The first instant at which a category (or, in the return direction, the return path) ends. */
  readonly validUntil: InstantText | null;
  readonly intermediary: boolean;
}

/** One consent permits one category to one far end. */
interface Grant extends PermissionKey {
  readonly category: Category;
  readonly returnPath: ReturnPath;
  readonly consentId: ConsentId;
  readonly from: InstantText;
  readonly until: InstantText | null;
  readonly intermediary: boolean;
}

/** Default deny: what no active, complete consent names is in no permission. One permission per key, ordered by key. */
export function permissionsOf(
  records: readonly ConsentRecord[],
  facts: ClientFacts,
  now: InstantText,
): readonly Permission[] {
  const grants = records.filter((record) => isActive(record, now)).flatMap((record) => grantsOf(record, facts));
  const byKey = Map.groupBy(grants, keyText);
  return [...byKey.keys()].sort().map((key) => answerOf(byKey.get(key) ?? [], byKey));
}

export function keyText(key: PermissionKey): string {
  return `${key.recipientOrganizationId}/${key.purpose}/${key.direction}`;
}

/** The organization at the far end of this record, the name used for it, and who receives what comes back. */
interface FarEnd {
  readonly organizationId: OrganizationId;
  /** The name that a revocation by recipient would use. */
  readonly named: OrganizationId;
  readonly receivers: readonly OrganizationId[];
}

/**
 * A consent takes effect once a discloser is known to own the client, and only if that organization recorded or confirmed
 * it. Otherwise anybody could open a client's data by recording a paper that names the owner as a discloser. A
 * return-path paper may also be written in the other direction (from the agency, to the owner). Then the disclosing
 * agencies are the far ends, and an agency may speak for itself.
 */
export function farEndsOf(record: ConsentRecord, facts: ClientFacts): readonly FarEnd[] {
  const word = vouchers(record);
  const ownersNamed = record.recipients.filter((id) => facts.owners.includes(id));
  if (record.kind === 'return-path' && ownersNamed.length > 0) {
    const agencies = record.disclosers.filter((id) => !facts.owners.includes(id));
    const byOwner = word.some((id) => facts.owners.includes(id));
    const speaking = byOwner ? agencies : agencies.filter((id) => word.includes(id));
    return speaking.flatMap((organizationId) =>
      ownersNamed.map((named) => ({ organizationId, named, receivers: [named] })),
    );
  }
  const owner = word.find((id) => facts.owners.includes(id) && record.disclosers.includes(id));
  if (owner === undefined) return [];
  return recipientsOf(record, facts).map((id) => ({ organizationId: id, named: id, receivers: [owner] }));
}

function recipientsOf(record: ConsentRecord, facts: ClientFacts): readonly OrganizationId[] {
  if (record.recipientClass === null || record.kind !== 'treatment-payment-operations') return record.recipients;
  const ofClass = [...(facts.treating.get(record.networkId) ?? [])].filter((id) => !record.disclosers.includes(id));
  return [...new Set([...record.recipients, ...ofClass])];
}

function grantsOf(record: ConsentRecord, facts: ClientFacts): readonly Grant[] {
  const named = farEndsOf(record, facts).flatMap((farEnd) => openedTo(record, facts, farEnd));
  return [...named, ...intermediaryGrants(record, facts, named)];
}

function openedTo(record: ConsentRecord, facts: ClientFacts, farEnd: FarEnd): readonly Grant[] {
  const treating = (direction: Direction): boolean =>
    (direction === 'send' ? [farEnd.organizationId] : farEnd.receivers).every((id) =>
      treats(facts, record.networkId, id),
    );
  return record.directions
    .filter((direction) => direction === 'send' || record.returnPath !== 'none')
    .flatMap((direction) =>
      record.purposes.flatMap((purpose) =>
        record.categories
          .filter((category) =>
            kindOpens(record, { category, purpose, direction, receiverTreats: treating(direction) }),
          )
          .filter((category) => !isTakenBack(record, { recipient: farEnd.named, category, purpose, direction }))
          .map((category) => grant(record, { ...key(farEnd.organizationId, purpose, direction), category })),
      ),
    );
}

/**
 * The intermediary has its own permission (42 CFR 2.31(a)(4)(ii)): what at least one recipient still has through this
 * paper, limited to what the kind permits to the intermediary itself. It ends with the last recipient.
 */
function intermediaryGrants(record: ConsentRecord, facts: ClientFacts, named: readonly Grant[]): readonly Grant[] {
  const intermediary = record.intermediaryId;
  if (intermediary === null) return [];
  const receiverTreats = treats(facts, record.networkId, intermediary);
  const distinct = new Map(named.map((each) => [`${each.purpose}/${each.direction}/${each.category}`, each]));
  return [...distinct.values()]
    .filter((each) => kindOpens(record, { ...each, receiverTreats }))
    .filter((each) => !isTakenBack(record, { ...each, recipient: intermediary }))
    .map((each) => ({ ...each, recipientOrganizationId: intermediary, intermediary: true }));
}

function key(recipientOrganizationId: OrganizationId, purpose: Purpose, direction: Direction): PermissionKey {
  return { recipientOrganizationId, purpose, direction };
}

function grant(record: ConsentRecord, opened: PermissionKey & { readonly category: Category }): Grant {
  return {
    ...opened,
    returnPath: opened.direction === 'return' ? record.returnPath : 'none',
    consentId: record.consentId,
    from: startOf(record),
    until: endOf(record),
    intermediary: false,
  };
}

function answerOf(grants: readonly Grant[], byKey: ReadonlyMap<string, readonly Grant[]>): Permission {
  const [first] = grants;
  if (first === undefined) throw new Error('a permission needs at least one grant');
  const { recipientOrganizationId, purpose, direction } = first;
  const byCategory = Map.groupBy(grants, (each) => each.category);
  const back = byKey.get(keyText(key(recipientOrganizationId, purpose, 'return'))) ?? [];
  const returnPath = widest(back);
  const remaining = [...byCategory.values(), ...(direction === 'return' ? [carrying(back, returnPath)] : [])];
  return {
    recipientOrganizationId,
    purpose,
    direction,
    categories: categoryOrder.filter((category) => byCategory.has(category)),
    returnPath,
    consentIds: [...new Set(grants.map((each) => each.consentId))].sort(),
    validFrom: grants.map((each) => each.from).reduce(laterOf),
    validUntil: remaining.map(lastEnd).reduce(earlierOf),
    intermediary: grants.some((each) => each.intermediary),
  };
}

function widest(back: readonly Grant[]): ReturnPath {
  return returnPaths.findLast((path) => back.some((each) => each.returnPath === path)) ?? 'none';
}

function carrying(back: readonly Grant[], path: ReturnPath): readonly Grant[] {
  return back.filter((each) => each.returnPath === path);
}

const laterOf = (one: InstantText, other: InstantText): InstantText => (one > other ? one : other);

/** Null means "no end", which is later than every end, so the earlier of two is the other one. */
function earlierOf(one: InstantText | null, other: InstantText | null): InstantText | null {
  if (one === null) return other;
  return other === null || one < other ? one : other;
}

function lastEnd(grants: readonly Grant[]): InstantText | null {
  return grants.some((each) => each.until === null) ? null : grants.map((each) => each.until ?? '').reduce(laterOf);
}
