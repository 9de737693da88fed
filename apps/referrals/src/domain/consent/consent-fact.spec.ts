import { describe, expect, it } from '@jest/globals';
import { consentFact, coordinatorFact, permissionFor } from './consent-fact.ts';
import type { Permission } from './permission.ts';

const now = '2026-03-02T10:00:00.000Z';
const harbor = '0190a0c0-0000-7000-8000-000300000002';
const lakeside = '0190a0c0-0000-7000-8000-000300000003';
const permission: Permission = {
  recipientOrganizationId: harbor,
  purpose: 'care-coordination',
  direction: 'send',
  categories: ['core-contact', 'stated-need'],
  returnPath: 'status',
  consentIds: ['0190a0c0-0000-7000-8000-000900000001'],
  validFrom: '2026-03-01T00:00:00.000Z',
  validUntil: '2026-04-01T00:00:00.000Z',
  intermediary: false,
  expiredCategories: [],
  expiredAt: null,
};
const fact = {
  fresh: true,
  categories: permission.categories,
  purpose: 'care-coordination',
  returnPath: 'status',
  consentIds: permission.consentIds,
  validUntil: permission.validUntil,
};

describe('What consent allows an organization', () => {
  it('is what its own permission to receive says for the purpose of a referral', () => {
    expect(consentFact([permission], harbor, now)).toEqual(fact);
  });

  it.each([
    ['for another organization', { ...permission, recipientOrganizationId: lakeside }],
    ['for another purpose', { ...permission, purpose: 'treatment' as const }],
    ['for the way back', { ...permission, direction: 'return' as const }],
    ['that has ended', { ...permission, validUntil: now }],
  ])('is nothing with a permission %s', (_, other) => {
    expect(consentFact([other], harbor, now)).toBeNull();
  });

  it('is found among the permissions of others', () => {
    const others = [{ ...permission, recipientOrganizationId: lakeside, returnPath: 'none' as const }, permission];
    expect(consentFact(others, harbor, now)).toEqual(fact);
  });

  it('is asked for another purpose by its name', () => {
    const treatment = { ...permission, purpose: 'treatment' as const };
    expect(permissionFor([permission, treatment], harbor, now, 'treatment')).toEqual(treatment);
  });
});

describe('What consent allows the coordinating organization', () => {
  it('is only what names it as intermediary', () => {
    expect(coordinatorFact([{ ...permission, intermediary: true }], harbor, now)).toEqual(fact);
    expect(coordinatorFact([permission], harbor, now)).toBeNull();
    expect(coordinatorFact([], harbor, now)).toBeNull();
  });
});
