import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  categories,
  consentKinds,
  consentMethods,
  directions,
  purposes,
  returnPaths,
  riverCounty,
  type Category,
} from '#contracts';
import type { ClientFacts, ConsentRecord, Revocation } from '../consent/consent.ts';
import { isActive } from '../validity/validity.ts';
import {
  clientId,
  consentIdOf,
  council,
  harbor,
  hospital,
  lakeside,
  now,
  openDoor,
} from '../examples/consent-examples.ts';
import { permissionChanges, type PublishedPermission } from './permission-changes.ts';
import { keyText, permissionsOf, type Permission } from './permission.ts';

const organizations = [hospital, harbor, openDoor, lakeside, council];
const some = <T>(list: readonly T[], minLength = 0): fc.Arbitrary<T[]> => fc.subarray([...list], { minLength });
const maybe = <T>(list: readonly T[]): fc.Arbitrary<readonly T[] | null> => fc.option(some(list, 1));

const revocations: fc.Arbitrary<Revocation> = fc.record({
  at: fc.constant('2026-11-23T09:00:00.000Z'),
  scope: fc.option(
    fc.record({
      recipients: maybe(organizations),
      categories: maybe(categories),
      directions: maybe(directions),
      purposes: maybe(purposes),
    }),
    { freq: 6 },
  ),
});

/** Usually valid, so that the sets do allow something, and sometimes not. */
const mostly = <T>(right: T, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(right) }, { weight: 1, arbitrary });
const complete = {
  signedName: true,
  signer: true,
  statement: true,
  language: true,
  attestation: true,
  evidence: true,
  expiresEvent: false,
};

const records: fc.Arbitrary<ConsentRecord> = fc.record({
  consentId: fc.nat(50).map(consentIdOf),
  clientId: fc.constant(clientId),
  kind: fc.constantFrom(...consentKinds),
  recordedByOrganizationId: mostly(hospital, fc.constant(harbor)),
  confirmedByOrganizationId: fc.constant(null),
  contradictions: fc.constant([]),
  networkId: fc.constant(riverCounty.networkId),
  recordedAt: fc.constantFrom('2026-11-20T10:00:00.000Z', '2026-11-21T10:00:00.000Z'),
  disclosers: mostly([hospital], some([hospital, harbor, openDoor])),
  recipients: fc.oneof({ weight: 6, arbitrary: some(organizations, 1) }, { weight: 1, arbitrary: fc.constant([]) }),
  recipientClass: fc.option(fc.constant('treating-programmes' as const)),
  intermediaryId: fc.option(fc.constant(council)),
  categories: some(categories, 1),
  purposes: some(purposes, 1),
  directions: some(directions, 1),
  returnPath: fc.constantFrom(...returnPaths),
  expiresOn: fc.constantFrom(null, '2026-11-23', '2026-12-01', '2026-12-01', '2027-11-23', '2027-11-23'),
  method: fc.constantFrom(...consentMethods),
  signedAt: mostly<string | null>('2026-11-20T09:00:00.000Z', fc.constantFrom(null, '2026-10-01T09:00:00.000Z')),
  stated: mostly(complete, fc.record({ ...mapped(complete) })),
  revocations: mostly<Revocation[]>([], fc.array(revocations, { maxLength: 2 })),
});

const papers = fc.uniqueArray(records, { maxLength: 5, selector: (each) => each.consentId });
const worlds: fc.Arbitrary<ClientFacts> = fc.record({
  owners: mostly<string[]>([hospital], fc.constantFrom<string[]>([], [hospital, harbor])),
  treating: some(organizations).map((treating) => new Map([[riverCounty.networkId, new Set(treating)]])),
});

/** Every single thing allowed, and each rank of return path reached. */
function cells(all: readonly Permission[]): ReadonlySet<string> {
  return new Set(
    all.flatMap((each) => [
      ...each.categories.map((category) => `${keyText(each)}/${category}`),
      ...returnPaths.slice(1, returnPaths.indexOf(each.returnPath) + 1).map((path) => `${keyText(each)}/path-${path}`),
    ]),
  );
}

const isWithin = (smaller: ReadonlySet<string>, larger: ReadonlySet<string>): boolean =>
  [...smaller].every((cell) => larger.has(cell));
const check = <Ts>(property: fc.IProperty<Ts>): void => fc.assert(property, { numRuns: 200 });

describe('for every set of consents', () => {
  it('default deny: nothing is allowed that no active, complete consent names', () => {
    check(
      fc.property(papers, worlds, (all, world) => {
        for (const permission of permissionsOf(all, world, now)) {
          for (const category of permission.categories) {
            const naming = all.filter(
              (record) =>
                isActive(record, now) &&
                permission.consentIds.includes(record.consentId) &&
                record.categories.includes(category) &&
                record.purposes.includes(permission.purpose) &&
                record.directions.includes(permission.direction) &&
                namesFarEnd(record, world, permission.recipientOrganizationId),
            );
            expect(naming).not.toHaveLength(0);
          }
        }
      }),
    );
  });

  it('the specs do produce permissions: at least a third of the generated sets allow something', () => {
    const sets = fc.sample(fc.tuple(papers, worlds), { numRuns: 300, seed: 7 });
    const allowing = sets.filter(([all, world]) => permissionsOf(all, world, now).length > 0);
    expect(allowing.length).toBeGreaterThan(100);
  });

  it('a paper of an organization that does not own the client has no effect', () => {
    check(
      fc.property(papers, worlds, (all, world) => {
        expect(permissionsOf(all, { ...world, owners: [] }, now)).toEqual([]);
      }),
    );
  });

  it('a revocation only removes permissions', () => {
    check(
      fc.property(papers, worlds, revocations, fc.nat(4), (all, world, revocation, at) => {
        const after = all.map((record, i) =>
          i === at % Math.max(1, all.length) ? { ...record, revocations: [...record.revocations, revocation] } : record,
        );
        expect(isWithin(cells(permissionsOf(after, world, now)), cells(permissionsOf(all, world, now)))).toBe(true);
      }),
    );
  });

  it('one more consent only adds permissions', () => {
    check(
      fc.property(papers, worlds, records, (all, world, more) => {
        const fewer = all.filter((record) => record.consentId !== more.consentId);
        const before = cells(permissionsOf(fewer, world, now));
        expect(isWithin(before, cells(permissionsOf([...fewer, more], world, now)))).toBe(true);
      }),
    );
  });

  it('time alone only removes permissions', () => {
    check(
      fc.property(papers, worlds, (all, world) => {
        const later = cells(permissionsOf(all, world, '2026-12-15T09:00:00.000Z'));
        expect(isWithin(later, cells(permissionsOf(all, world, now)))).toBe(true);
      }),
    );
  });

  it('a permission is unchanged until its validUntil, and has lost something then', () => {
    check(
      fc.property(papers, worlds, (all, world) => {
        for (const permission of permissionsOf(all, world, now)) {
          if (permission.validUntil === null) continue;
          const before = justBefore(permission.validUntil);
          const still = permissionsOf(all, world, before).find((each) => keyText(each) === keyText(permission));
          expect(still?.categories).toEqual(permission.categories);
          const gone = cells(
            permissionsOf(all, world, permission.validUntil).filter((each) => keyText(each) === keyText(permission)),
          );
          expect(isWithin(cells([permission]), gone)).toBe(false);
        }
      }),
    );
  });

  it('the order of consents and of revocations does not matter', () => {
    check(
      fc.property(papers, worlds, (all, world) => {
        const turned = all.toReversed().map((record) => ({ ...record, revocations: record.revocations.toReversed() }));
        expect(permissionsOf(turned, world, now)).toEqual(permissionsOf(all, world, now));
      }),
    );
  });

  it('only a named-recipient consent permits a protected category to an agency that does not treat', () => {
    check(
      fc.property(papers, worlds, (all, world) => {
        const others = all.filter((record) => record.kind !== 'named-recipient');
        for (const permission of permissionsOf(others, world, now)) {
          const treats = world.treating.get(riverCounty.networkId)?.has(permission.recipientOrganizationId) === true;
          if (treats || permission.direction === 'return') continue;
          expect(['core-contact', 'stated-need', 'functional-needs']).toEqual(
            expect.arrayContaining([...permission.categories]),
          );
        }
      }),
    );
  });

  it('neither a spoken consent nor a general attestation ever permits substance use or domestic violence', () => {
    check(
      fc.property(papers, worlds, (all, world) => {
        const weak = all.filter(
          (record) => record.kind === 'general-attestation' || record.method === 'verbal-attestation',
        );
        const opened = permissionsOf(weak, world, now).flatMap((each) => each.categories);
        expect(opened).not.toContain('substance-use');
        expect(opened).not.toContain('domestic-violence');
      }),
    );
  });
});

describe('publishing the changes', () => {
  const nothingEnds = (): readonly Category[] => [];
  const publish = (
    before: readonly PublishedPermission[],
    present: readonly Permission[],
  ): readonly PublishedPermission[] => {
    const changes = permissionChanges(before, present, now, nothingEnds);
    const merged = new Map([...before, ...changes].map((each) => [keyText(each), each]));
    return [...merged.values()];
  };

  it('a reader that keeps the latest permission of each key has exactly the current ones', () => {
    check(
      fc.property(fc.array(papers, { maxLength: 4 }), worlds, (steps, world) => {
        let published: readonly PublishedPermission[] = [];
        for (const step of steps) published = publish(published, permissionsOf(step, world, now));
        const remaining = published.filter((each) => each.categories.length > 0);
        const present = permissionsOf(steps.at(-1) ?? [], world, now);
        expect(cells(remaining)).toEqual(cells(present));
      }),
    );
  });

  it('publishes nothing without a change, and counts up without gaps with one', () => {
    check(
      fc.property(papers, papers, worlds, (one, other, world) => {
        const first = publish([], permissionsOf(one, world, now));
        expect(permissionChanges(first, permissionsOf(one, world, now), now, nothingEnds)).toEqual([]);
        const versions = publish(first, permissionsOf(other, world, now)).map((each) => each.version);
        expect(new Set(versions).size).toBe(versions.length);
        const changes = permissionChanges(first, permissionsOf(other, world, now), now, nothingEnds);
        expect(changes.map((each) => each.version)).toEqual(changes.map((_, i) => first.length + 1 + i));
      }),
    );
  });
});

function mapped(stated: typeof complete): Record<keyof typeof complete, fc.Arbitrary<boolean>> {
  const entries = Object.entries(stated).map(([element, right]) => [element, mostly(right, fc.boolean())]);
  return Object.fromEntries(entries) as Record<keyof typeof complete, fc.Arbitrary<boolean>>;
}

function namesFarEnd(record: ConsentRecord, world: ClientFacts, organization: string): boolean {
  const named = record.recipients.includes(organization) || record.intermediaryId === organization;
  const byClass =
    record.recipientClass !== null && world.treating.get(riverCounty.networkId)?.has(organization) === true;
  return named || byClass || (record.kind === 'return-path' && record.disclosers.includes(organization));
}

function justBefore(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString();
}
