import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seedPeople, seedSystemClients } from '#contracts';
import { CLOCK, EventLog, IDS, type Clock } from '#events';
import { statement, UnitOfWork, withClient } from '#persistence';
import type { SeedHouse } from '#service';
import { FakeClock, seededIds, testDatabase, type TestDatabase } from '#testing';
import { IdentityTables1764000000001 } from '../migrations/tables.migration.ts';
import { seedRiverCounty } from './river-county.seed.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('identity', [IdentityTables1764000000001]);
});
beforeEach(() => forgetAll());
afterAll(() => database?.close());

/** As the owner, whom no policy stops from emptying a table. */
async function forgetAll(): Promise<void> {
  await withClient(database.ownerUrl, (client) =>
    client.query('set search_path = identity; truncate person, system_client, event, stream'),
  );
}

const everything = statement(
  'everything seeded',
  `select (select jsonb_agg(p order by login) from person p) as people,
          (select jsonb_agg(c order by client_id) from system_client c) as clients,
          (select jsonb_agg(jsonb_build_array(stream_key, stream_version, type, data)
                            order by stream_key, stream_version) from event) as events`,
);

interface Seeded {
  readonly people: readonly { readonly login: string }[];
  readonly clients: readonly { readonly client_id: string }[];
  readonly events: readonly (readonly [string, number, string, object])[];
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
    [EventLog, new EventLog({ service: 'identity', ids })],
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

describe('the seed people', () => {
  it('are told of once each, in a stream of their own, with no name and no address', async () => {
    await seedRiverCounty(houseWith(new FakeClock(), 1));
    const { people, clients, events } = await seeded();
    expect(people.map((each) => each.login)).toEqual(seedPeople.map((each) => each.login).sort());
    expect(clients.map((each) => each.client_id)).toEqual(seedSystemClients.map((each) => each.clientId).sort());
    expect(events.map(([key, version, type]) => [key, version, type])).toEqual(
      seedPeople.map((each) => [each.personId, 1, 'identity.person.changed']).sort(),
    );
    expect(JSON.stringify(events)).not.toMatch(/Planner|@/);
  });

  it('interrupted anywhere are seeded on from there, and are then as if they had not been', async () => {
    await seedRiverCounty(houseWith(new FakeClock(), 1));
    const whole = await seeded();
    await forgetAll();
    for (const reading of [1, 3, 8, 2])
      await expect(seedRiverCounty(houseWith(clockUntil(reading), reading))).rejects.toThrow('interrupted');
    await seedRiverCounty(houseWith(new FakeClock(), 9));
    expect(await seeded()).toEqual(whole);
  });

  it('seeded again are as they were', async () => {
    await seedRiverCounty(houseWith(new FakeClock(), 1));
    const before = await seeded();
    await seedRiverCounty(houseWith(new FakeClock('2027-01-01T00:00:00.000Z'), 2));
    expect(await seeded()).toEqual(before);
  });
});
