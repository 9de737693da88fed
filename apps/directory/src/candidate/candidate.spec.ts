import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { languages, opennesses } from '#contracts';
import { rankCandidates, type RankedService, type Wanted } from './candidate.ts';

const north = '0190a0c0-0000-7000-8000-000200000001';
const south = '0190a0c0-0000-7000-8000-000200000002';

function service(code: string, fields: Partial<RankedService> = {}): RankedService {
  return {
    healthcareServiceId: `id-of-${code}`,
    organizationId: `organization-of-${code}`,
    code,
    areaIds: [north],
    languages: ['en'],
    openness: 'open',
    ...fields,
  };
}

function codes(services: readonly RankedService[], wanted: Wanted): readonly string[] {
  return rankCandidates(services, wanted).map((each) => each.healthcareServiceId.replace('id-of-', ''));
}

describe('candidates for a need', () => {
  it('carry their rank and every reason for and against', () => {
    const ranked = rankCandidates(
      [
        service('b', { openness: 'waitlist', languages: ['es'] }),
        service('c', { areaIds: [south], openness: 'closed' }),
      ],
      { areaId: north, language: 'es' },
    );
    expect(ranked).toEqual([
      {
        healthcareServiceId: 'id-of-b',
        organizationId: 'organization-of-b',
        rank: 1,
        reasons: [
          { code: 'serves-area', speaksFor: true },
          { code: 'waitlist', speaksFor: false },
          { code: 'speaks-language', speaksFor: true },
        ],
      },
      {
        healthcareServiceId: 'id-of-c',
        organizationId: 'organization-of-c',
        rank: 2,
        reasons: [
          { code: 'outside-area', speaksFor: false },
          { code: 'closed', speaksFor: false },
          { code: 'speaks-language', speaksFor: false },
        ],
      },
    ]);
  });

  it.each(['es', 'es-MX', 'es-419'])('speak %s if they speak its language, in any region [P11]', (language) => {
    const services = [service('a', { languages: ['en'] }), service('b', { languages: ['es'] })];
    expect(codes(services, { areaId: north, language })).toEqual(['b', 'a']);
    expect(codes(services, { areaId: north, language: 'ar' })).toEqual(['a', 'b']);
  });

  it('do not mention a language that was not requested', () => {
    expect(rankCandidates([service('a')], { areaId: north })[0]?.reasons).toEqual([
      { code: 'serves-area', speaksFor: true },
      { code: 'open', speaksFor: true },
    ]);
  });

  it('of equal merit are ordered by code', () => {
    expect(codes([service('open-door-homes'), service('harbor-beds')], { areaId: north })).toEqual([
      'harbor-beds',
      'open-door-homes',
    ]);
  });

  it('that are open come before a waiting list, that before closed ones', () => {
    const services = [service('a', { openness: 'closed' }), service('b', { openness: 'waitlist' }), service('c')];
    expect(codes(services, { areaId: north })).toEqual(['c', 'b', 'a']);
  });

  it('that speak the language come before those that are open and do not', () => {
    const services = [service('a'), service('b', { openness: 'waitlist', languages: ['en', 'es'] })];
    expect(codes(services, { areaId: north, language: 'es' })).toEqual(['b', 'a']);
  });

  it('that are closed or outside the area come last, whatever language they speak', () => {
    const services = [
      service('a', { openness: 'closed', languages: ['es'] }),
      service('b', { areaIds: [south], languages: ['es'] }),
      service('c', { openness: 'waitlist' }),
    ];
    expect(codes(services, { areaId: north, language: 'es' })).toEqual(['c', 'a', 'b']);
  });
});

describe('the ranking', () => {
  const anyService = fc.record({
    areaIds: fc.subarray([north, south]),
    languages: fc.subarray([...languages]),
    openness: fc.constantFrom(...opennesses),
  });
  const anyServices = fc
    .array(anyService, { maxLength: 12 })
    .map((all) => all.map((fields, index) => service(`service-${index.toString().padStart(2, '0')}`, fields)));
  const anyWanted: fc.Arbitrary<Wanted> = fc.record(
    { areaId: fc.constantFrom(north, south), language: fc.constantFrom(...languages) },
    { requiredKeys: ['areaId'] },
  );

  it('contains every service exactly once and no other', () => {
    fc.assert(
      fc.property(anyServices, anyWanted, (services, wanted) => {
        const ranked = rankCandidates(services, wanted);
        expect(ranked.map((each) => each.rank)).toEqual(services.map((_, index) => index + 1));
        expect([...codes(services, wanted)].sort()).toEqual(services.map((each) => each.code));
      }),
    );
  });

  it('does not depend on the order in which services are read', () => {
    const withShuffle = anyServices.chain((services) =>
      fc.record({
        services: fc.constant(services),
        shuffled: fc.shuffledSubarray([...services], { minLength: services.length }),
      }),
    );
    fc.assert(
      fc.property(withShuffle, anyWanted, ({ services, shuffled }, wanted) => {
        expect(rankCandidates(shuffled, wanted)).toEqual(rankCandidates(services, wanted));
      }),
    );
  });

  it('never puts a closed or out-of-area service before one that can take the client', () => {
    fc.assert(
      fc.property(anyServices, anyWanted, (services, wanted) => {
        const last = rankCandidates(services, wanted).map((each) =>
          each.reasons.some((reason) => reason.code === 'closed' || reason.code === 'outside-area'),
        );
        expect(last).toEqual([...last].sort((left, right) => Number(left) - Number(right)));
      }),
    );
  });
});
