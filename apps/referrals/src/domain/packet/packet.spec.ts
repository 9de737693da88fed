import { describe, expect, it } from '@jest/globals';
import { categories, type Category } from '#contracts';
import fc from 'fast-check';
import type { Permission } from '../consent/permission.ts';
import { noticesFor } from '../access/access.ts';
import { allowedCategories, cutPacket, type PacketParts } from './packet.ts';

const permission = (allowed: readonly Category[]): Permission => ({
  recipientOrganizationId: '0190a0c0-0000-7000-8000-000300000002',
  purpose: 'care-coordination',
  direction: 'send',
  categories: allowed,
  returnPath: 'status',
  consentIds: ['0190a0c0-0000-7000-8000-000900000001'],
  validFrom: '2026-03-01T00:00:00.000Z',
  validUntil: null,
  intermediary: false,
  expiredCategories: [],
  expiredAt: null,
});

const parts = (allowed: readonly Category[]): PacketParts => ({
  disclosureId: '0190a0c0-0000-7000-8000-000900000002',
  direction: 'send',
  taskId: '0190a0c0-0000-7000-8000-000900000003',
  version: 4,
  need: 'housing',
  purpose: 'care-coordination',
  categories: allowed,
  permission: permission(allowed),
  noticeCodes: noticesFor(allowed, 'housing'),
  client: {
    given: 'Mara',
    family: 'Quill',
    birthDate: '1980-01-02',
    estimated: false,
    language: 'en',
    interpreterNeeded: false,
    phone: null,
    email: null,
    address: null,
    contactProhibited: false,
    safeContact: null,
  },
  statedNeed: 'A room from Friday',
  details: categories.map((category) => ({ category, text: `about ${category}` })),
  messages: [],
  attachments: [],
});

const someCategories = fc.subarray([...categories]);

describe('cutting a packet', () => {
  it('shows only what consent allows and the template wants', () => {
    fc.assert(
      fc.property(someCategories, someCategories, someCategories, (consented, required, asked) => {
        const allowed = allowedCategories(permission(consented), { required, asked }) ?? [];
        for (const category of allowed) {
          expect(consented).toContain(category);
          expect([...required, ...asked]).toContain(category);
        }
        for (const category of consented.filter((each) => required.includes(each) || asked.includes(each))) {
          expect(allowed).toContain(category);
        }
      }),
    );
  });

  it('is nothing at all without a permission, or where the two have nothing in common', () => {
    expect(allowedCategories(undefined, { required: ['core-contact'], asked: [] })).toBeUndefined();
    expect(allowedCategories(permission(['hiv-sti']), { required: ['core-contact'], asked: [] })).toBeUndefined();
  });

  it('never holds a detail, a name or a stated need outside the allowed categories', () => {
    fc.assert(
      fc.property(someCategories, (allowed) => {
        const packet = cutPacket(parts(allowed));
        expect(packet.details.map((detail) => detail.category)).toEqual(
          categories.filter((each) => allowed.includes(each)),
        );
        expect('client' in packet).toBe(allowed.includes('core-contact'));
        expect('statedNeed' in packet.need).toBe(allowed.includes('stated-need'));
      }),
    );
  });

  it('carries the Part 2 notice in both languages exactly when substance-use records are in it', () => {
    const withRecords = cutPacket(parts(['core-contact', 'substance-use']));
    expect(withRecords.notices.map(({ code, language }) => [code, language])).toEqual([
      ['part-2-2.32', 'en'],
      ['part-2-2.32', 'es'],
    ]);
    expect(cutPacket(parts(['core-contact'])).notices).toEqual([]);
  });
});
