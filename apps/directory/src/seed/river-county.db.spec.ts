import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seedHealthcareServices, seedOrganizationId, seedOrganizations } from '#contracts';
import { CLOCK, EventLog, IDS, type Clock } from '#events';
import { statement, UnitOfWork, withClient } from '#persistence';
import type { SeedHouse } from '#service';
import { FakeClock, seededIds, testDatabase, type TestDatabase } from '#testing';
import { DirectoryTables1764000000001 } from '../migrations/tables.migration.ts';
import { seedRiverCounty } from './river-county.seed.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('directory', [DirectoryTables1764000000001]);
});
beforeEach(() => forgetAll());
afterAll(() => database?.close());

/** As the owner, whom no policy stops from emptying a table. */
async function forgetAll(): Promise<void> {
  await withClient(database.ownerUrl, (client) =>
    client.query(
      'set search_path = directory; truncate network, area, organization, healthcare_service, event, stream',
    ),
  );
}

const everything = statement(
  'everything seeded',
  `select (select jsonb_agg(n order by code) from network n) as networks,
          (select jsonb_agg(a order by code) from area a) as areas,
          (select jsonb_agg(o order by code) from organization o) as organizations,
          (select jsonb_agg(s order by code) from healthcare_service s) as services,
          (select jsonb_agg(jsonb_build_array(stream_key, stream_version, type, subject, data)
                            order by stream_key, stream_version) from event) as events`,
);

interface Seeded {
  readonly organizations: readonly { readonly code: string; readonly version: number }[];
  readonly services: readonly { readonly code: string; readonly version: number }[];
  readonly events: readonly (readonly [string, number, string, string, object])[];
}

/** A clock that fails at its nth reading: the start is interrupted there. */
const clockUntil = (reading: number): Clock => {
  let readings = 0;
  return {
    now: () => {
      readings += 1;
      if (readings >= reading) throw new Error('interrupted');
      return '2026-11-24T08:00:00.000Z';
    },
  };
};

function houseWith(clock: Clock, seed: number): SeedHouse {
  const ids = seededIds(seed);
  const parts = new Map<unknown, unknown>([
    [EventLog, new EventLog({ service: 'directory', ids })],
    [UnitOfWork, database.unitOfWork],
    [CLOCK, clock],
    [IDS, ids],
  ]);
  return { demo: false, get: <T>(token: unknown) => parts.get(token) as T };
}

async function seeded(): Promise<Seeded> {
  const [row] = await database.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query<Seeded>(everything));
  if (row === undefined) throw new Error('a select of one row gave none');
  return row;
}

describe('the seed network', () => {
  it('tells of each organization and its services once, in the stream of the organization', async () => {
    await seedRiverCounty(houseWith(new FakeClock(), 1));
    const { organizations, services, events } = await seeded();
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

  it('says in a service’s event all that its readers must know', async () => {
    await seedRiverCounty(houseWith(new FakeClock(), 1));
    const { events } = await seeded();
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

  it('interrupted anywhere goes on where it stood, and is then as if it had not been', async () => {
    await seedRiverCounty(houseWith(new FakeClock('2026-11-24T08:00:00.000Z'), 1));
    const whole = await seeded();
    await forgetAll();
    for (const reading of [1, 3, 2, 4])
      await expect(seedRiverCounty(houseWith(clockUntil(reading), reading))).rejects.toThrow('interrupted');
    await seedRiverCounty(houseWith(new FakeClock('2026-11-24T08:00:00.000Z'), 9));
    expect(await seeded()).toEqual(whole);
  });

  it('run again changes nothing', async () => {
    await seedRiverCounty(houseWith(new FakeClock(), 1));
    const before = await seeded();
    await seedRiverCounty(houseWith(new FakeClock('2027-01-01T00:00:00.000Z'), 2));
    expect(await seeded()).toEqual(before);
  });
});
