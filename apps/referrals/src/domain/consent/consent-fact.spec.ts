import { describe, expect, it } from '@jest/globals';
import { consentFact, coordinatorFact, permissionFor } from './consent-fact.ts';
import { permission } from '../testing/permission.ts';

const now = '2026-03-02T10:00:00.000Z';
const harbor = permission.recipientOrganizationId;
const lakeside = '0190a0c0-0000-7000-8000-000300000003';
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
