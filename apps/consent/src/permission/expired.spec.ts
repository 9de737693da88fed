import { describe, expect, it } from '@jest/globals';
import type { ConsentRecord } from '../consent/consent.ts';
import { consent, consentIdOf, facts, harbor, revocation } from '../examples/consent-examples.ts';
import { unendedOf } from './expired.ts';
import { permissionChanges, toPermissionChanged, type PublishedPermission } from './permission-changes.ts';
import { keyText, permissionsOf } from './permission.ts';

const start = '2026-11-24T09:00:00.000Z';
const later = '2026-12-02T00:00:05.000Z';
const end = '2026-12-02T00:00:00.000Z';

const lasting = consent({ categories: ['core-contact'], directions: ['send'] });
const ending = consent({
  ...{ consentId: consentIdOf(2), categories: ['stated-need', 'functional-needs'], directions: ['send'] },
  expiresOn: '2026-12-01',
});

/** What is published for the direction to Harbor House after each step: the client's records, and the time of each look. */
function published(
  ...steps: readonly (readonly [readonly ConsentRecord[], string])[]
): PublishedPermission | undefined {
  const kept = new Map<string, PublishedPermission>();
  for (const [records, now] of steps) {
    const present = permissionsOf(records, facts(), now);
    for (const change of permissionChanges([...kept.values()], present, now, unendedOf(records, facts())))
      kept.set(keyText(change), change);
  }
  return kept.get(keyText({ recipientOrganizationId: harbor, purpose: 'care-coordination', direction: 'send' }));
}

describe('a permission that shrinks', () => {
  const both = [lasting, ending];

  it('says which categories ended because a consent expired, and when [W10]', () => {
    const answer = published([both, start], [both, later]);
    expect(answer).toMatchObject({
      categories: ['core-contact'],
      expiredCategories: ['stated-need', 'functional-needs'],
      expiredAt: end,
    });
    expect(answer && toPermissionChanged(lasting.clientId, answer)).toMatchObject({ expiredAt: end });
  });

  it('does not call revoked categories expired, although their end has passed too [W10]', () => {
    const without = { ...ending, revocations: [revocation({ categories: ['stated-need'] })] };
    expect(published([both, start], [[lasting, without], later])).toMatchObject({
      categories: ['core-contact'],
      expiredCategories: ['functional-needs'],
    });
    const gone = { ...ending, revocations: [revocation()] };
    expect(published([both, start], [[lasting, gone], start])).toMatchObject({
      expiredCategories: [],
      expiredAt: null,
    });
  });

  it('keeps expired categories as expired when the rest is revoked, until they are given again [W10]', () => {
    const taken = { ...lasting, revocations: [revocation()] };
    const after = [both, later] as const;
    expect(published([both, start], after, [[taken, ending], later])).toMatchObject({
      categories: [],
      expiredCategories: ['stated-need', 'functional-needs'],
    });
    const again = consent({ consentId: consentIdOf(3), categories: ['stated-need'], directions: ['send'] });
    expect(published([both, start], after, [[...both, again], later])).toMatchObject({
      expiredCategories: ['functional-needs'],
      expiredAt: end,
    });
  });

  it('ignores a consent that expired long before the revoked one [W10]', () => {
    const renewed = consent({ ...ending, consentId: consentIdOf(4), expiresOn: '2027-12-01' });
    const taken = { ...renewed, revocations: [revocation()] };
    const steps = [
      [[ending], start] as const,
      [[ending, renewed], start] as const,
      [[ending, renewed], later] as const,
    ];
    expect(published(...steps, [[ending, taken], later])).toMatchObject({ categories: [], expiredCategories: [] });
  });
});
