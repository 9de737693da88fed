import type { Permission } from '../consent/permission.ts';

/** Harbor House may be sent two categories for care coordination, through March 2026. */
export const permission: Permission = {
  recipientOrganizationId: '0190a0c0-0000-7000-8000-000300000002',
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
