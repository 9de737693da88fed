import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seedHealthcareServices, seedOrganizationId, seedOrganizations } from '#contracts';
import { FakeClock, seedBench, type SeedBench } from '#testing';
import { OpennessSaidBy1765000000001 } from '../migrations/openness-said-by.migration.ts';
import { PolicyAttempts1765000000002 } from '../migrations/policy-attempts.migration.ts';
import { DirectoryTables1764000000001 } from '../migrations/tables.migration.ts';
import { seedRiverCounty } from './river-county.seed.ts';

interface Seeded {
  readonly organizations: readonly { readonly code: string; readonly version: number }[];
  readonly services: readonly { readonly code: string; readonly version: number }[];
  readonly events: readonly (readonly [string, number, string, string, object])[];
}

let bench: SeedBench<Seeded>;
beforeAll(async () => {
  bench = await seedBench({
    service: 'directory',
    migrations: [DirectoryTables1764000000001, OpennessSaidBy1765000000001, PolicyAttempts1765000000002],
    seed: seedRiverCounty,
    tables: ['network', 'area', 'organization', 'healthcare_service'],
    everything: `select (select jsonb_agg(n order by code) from network n) as networks,
          (select jsonb_agg(a order by code) from area a) as areas,
          (select jsonb_agg(o order by code) from organization o) as organizations,
          (select jsonb_agg(s order by code) from healthcare_service s) as services,
          (select jsonb_agg(jsonb_build_array(stream_key, stream_version, type, subject, data)
                            order by stream_key, stream_version) from event) as events`,
  });
});
beforeEach(() => bench.forget());
afterAll(() => bench?.close());

describe('the seed network', () => {
  it('publishes each organization and its services once, in the stream of the organization', async () => {
    await bench.run(1);
    const { organizations, services, events } = await bench.rows();
    expect(organizations.map((each) => each.code)).toEqual(seedOrganizations.map((each) => each.code).sort());
    expect(services.map((each) => [each.code, each.version])).toEqual(
      seedHealthcareServices.map((each) => [each.code, 2]).sort(),
    );
    const ofHarbor = events.filter(([key]) => key === seedOrganizationId('harbor-house'));
    expect(ofHarbor.map(([, version, type]) => [version, type])).toEqual([
      [1, 'directory.organization.changed'],
      [2, 'directory.healthcare-service.changed'],
    ]);
    expect(events).toHaveLength(1 + seedOrganizations.length + seedHealthcareServices.length);
  });

  it('has in a service’s event everything that its readers need', async () => {
    await bench.run(1);
    const { events } = await bench.rows();
    const lakeside = events.find(([key, version]) => key === seedOrganizationId('lakeside') && version === 2);
    expect(lakeside?.[4]).toMatchObject({
      organizationId: seedOrganizationId('lakeside'),
      need: 'mental-health',
      openness: 'open',
      required: ['core-contact', 'stated-need'],
      asked: ['functional-needs', 'mental-health'],
      active: true,
      version: 2,
    });
  });

  it('continues where it was interrupted, with the same result as without an interruption', async () => {
    await bench.run(1);
    const whole = await bench.rows();
    await bench.forget();
    for (const reading of [1, 3, 2, 4]) await expect(bench.interrupted(reading)).rejects.toThrow('interrupted');
    await bench.run(9);
    expect(await bench.rows()).toEqual(whole);
  });

  it('changes nothing when it runs again', async () => {
    await bench.run(1);
    const before = await bench.rows();
    await bench.run(2, new FakeClock('2027-01-01T00:00:00.000Z'));
    expect(await bench.rows()).toEqual(before);
  });
});
