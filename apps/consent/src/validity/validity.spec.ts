import { describe, expect, it } from '@jest/globals';
import { consent, now, revocation, without } from '../examples/consent-examples.ts';
import { endOf, isActive, isRevoked, validityOf } from './validity.ts';

describe('the validity of a consent is computed from its record and the time', () => {
  it('a complete one with its end far away is active', () => {
    expect(validityOf(consent(), now)).toBe('active');
    expect(isActive(consent(), now)).toBe(true);
  });

  it('it is valid through its last day and not a millisecond longer', () => {
    const record = consent({ expiresOn: '2026-12-31' });
    expect(endOf(record)).toBe('2027-01-01T00:00:00.000Z');
    expect(validityOf(record, '2026-12-31T23:59:59.999Z')).toBe('expires-soon');
    expect(validityOf(record, '2027-01-01T00:00:00.000Z')).toBe('expired');
    expect(isActive(record, '2027-01-01T00:00:00.000Z')).toBe(false);
  });

  it('30 days before its end it expires soon, and is still active', () => {
    const record = consent({ expiresOn: '2026-12-31' });
    expect(validityOf(record, '2026-12-01T23:59:59.999Z')).toBe('active');
    expect(validityOf(record, '2026-12-02T00:00:00.000Z')).toBe('expires-soon');
    expect(isActive(record, '2026-12-02T00:00:00.000Z')).toBe(true);
  });

  it('domestic-violence without a date ends 30 days after the signature; with a date, on that date', () => {
    const categories = ['core-contact', 'domestic-violence'] as const;
    const undated = consent({ categories, expiresOn: null, signedAt: '2026-11-20T09:00:00.000Z' });
    expect(endOf(undated)).toBe('2026-12-20T09:00:00.000Z');
    expect(validityOf(undated, '2026-12-20T08:59:59.999Z')).toBe('expires-soon');
    expect(validityOf(undated, '2026-12-20T09:00:00.000Z')).toBe('expired');
    expect(endOf(consent({ categories, expiresOn: '2027-02-01' }))).toBe('2027-02-02T00:00:00.000Z');
  });

  it('an end in words never expires', () => {
    const record = consent({ expiresOn: null, stated: { ...consent().stated, expiresEvent: true } });
    expect(endOf(record)).toBeNull();
    expect(validityOf(record, '2099-01-01T00:00:00.000Z')).toBe('active');
  });

  it('incomplete stays incomplete, however far its end', () => {
    expect(validityOf(without(consent(), 'signer'), now)).toBe('incomplete');
    expect(isActive(without(consent(), 'signer'), now)).toBe(false);
  });

  it('revoked as a whole: revoked, even if incomplete or past its end', () => {
    expect(validityOf(consent({ revocations: [revocation()] }), now)).toBe('revoked');
    expect(validityOf(without(consent({ revocations: [revocation()] }), 'signer'), now)).toBe('revoked');
    expect(validityOf(consent({ revocations: [revocation()], expiresOn: '2026-11-21' }), now)).toBe('revoked');
  });

  it('revoked in part: still active; revoked when the parts add up to the whole', () => {
    const sending = revocation({ directions: ['send'] });
    const returning = revocation({ directions: ['return'] });
    expect(validityOf(consent({ revocations: [sending] }), now)).toBe('active');
    expect(isRevoked(consent({ revocations: [sending, returning] }))).toBe(true);
    expect(isRevoked(consent({ revocations: [revocation({ categories: ['core-contact'] })] }))).toBe(false);
    expect(isRevoked(consent({ revocations: [revocation({ categories: ['core-contact', 'stated-need'] })] }))).toBe(
      true,
    );
  });

  it('a class of recipients is not revoked by naming one of them', () => {
    const byClass = consent({
      kind: 'treatment-payment-operations',
      recipients: [],
      recipientClass: 'treating-programmes',
    });
    expect(isRevoked({ ...byClass, revocations: [revocation({ recipients: ['x'] })] })).toBe(false);
    expect(isRevoked({ ...byClass, revocations: [revocation({ purposes: ['care-coordination'] })] })).toBe(true);
  });
});
