import { describe, expect, it } from '@jest/globals';
import type { NewNeed } from '#contracts';
import fc from 'fast-check';
import { isServed, offerFaults, servicesNamed } from './first-offers.ts';

const [beds, homes, clinic, unknown] = ['a1', 'a2', 'b1', 'ff'] as const;
const [north, south] = ['north', 'south'] as const;
const known = new Map([
  [beds, { need: 'housing', areaIds: [north] }],
  [homes, { need: 'housing', areaIds: [north, south] }],
  [clinic, { need: 'mental-health', areaIds: [south] }],
] as const);
const need = (offers: Partial<NewNeed>): NewNeed => ({
  ...{ need: 'housing', areaId: south, statedNeed: 'From Friday' },
  ...offers,
});

describe('the offers of a new need', () => {
  it('are one service, several, the pool, or none yet', () => {
    expect(servicesNamed(need({ healthcareServiceId: beds }))).toEqual([beds]);
    expect(servicesNamed(need({ healthcareServiceIds: [beds, homes] }))).toEqual([beds, homes]);
    expect(servicesNamed(need({ pool: true }))).toEqual([]);
    expect(servicesNamed(need({}))).toEqual([]);
  });

  it('are to services that exist and are for this need, and the refusal names each that is not', () => {
    const faults = offerFaults(need({ healthcareServiceIds: [beds, clinic, unknown] }), 'needs[2].', known);
    expect(faults.map(({ field }) => field)).toEqual([
      'needs[2].healthcareServiceIds[1]',
      'needs[2].healthcareServiceIds[2]',
    ]);
    expect(offerFaults(need({ healthcareServiceId: clinic }), '', known)).toMatchObject([
      { field: 'healthcareServiceId', message: 'this service is for mental-health, not for housing' },
    ]);
  });

  it('are named in one of the three ways, whatever the others say', () => {
    const ways = fc.record(
      {
        healthcareServiceId: fc.constant(beds),
        healthcareServiceIds: fc.constantFrom([beds], [beds, homes]),
        pool: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(ways, (said) => {
        const { pool = false, ...services } = said;
        const several = Object.keys(services).length + (pool ? 1 : 0) > 1;
        expect(offerFaults(need(said), '', known)).toHaveLength(several ? 1 : 0);
      }),
    );
  });

  it('say that an area exists where a named service serves it', () => {
    expect(isServed(need({ healthcareServiceIds: [beds, homes] }), known)).toBe(true);
    expect(isServed(need({ healthcareServiceId: beds }), known)).toBe(false);
    expect(isServed(need({ pool: true }), known)).toBe(false);
  });
});
