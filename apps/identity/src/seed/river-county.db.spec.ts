import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seedPeople, seedSystemClients } from '#contracts';
import { FakeClock, seedBench, type SeedBench } from '#testing';
import { IdentityTables1764000000001 } from '../migrations/tables.migration.ts';
import { seedRiverCounty } from './river-county.seed.ts';

interface Seeded {
  readonly people: readonly { readonly login: string }[];
  readonly clients: readonly { readonly client_id: string }[];
  readonly events: readonly (readonly [string, number, string, object])[];
}

let bench: SeedBench<Seeded>;
beforeAll(async () => {
  bench = await seedBench({
    service: 'identity',
    migrations: [IdentityTables1764000000001],
    seed: seedRiverCounty,
    tables: ['person', 'system_client'],
    everything: `select (select jsonb_agg(p order by login) from person p) as people,
          (select jsonb_agg(c order by client_id) from system_client c) as clients,
          (select jsonb_agg(jsonb_build_array(stream_key, stream_version, type, data)
                            order by stream_key, stream_version) from event) as events`,
  });
});
beforeEach(() => bench.forget());
afterAll(() => bench?.close());

describe('the seed people', () => {
  it('are published once each, in a stream of their own, with no name and no address', async () => {
    await bench.run(1);
    const { people, clients, events } = await bench.rows();
    expect(people.map((each) => each.login)).toEqual(seedPeople.map((each) => each.login).sort());
    expect(clients.map((each) => each.client_id)).toEqual(seedSystemClients.map((each) => each.clientId).sort());
    expect(events.map(([key, version, type]) => [key, version, type])).toEqual(
      seedPeople.map((each) => [each.personId, 1, 'identity.person.changed']).sort(),
    );
    expect(JSON.stringify(events)).not.toMatch(/Planner|@/);
  });

  it('are seeded to the end after an interruption, with the same result as without one', async () => {
    await bench.run(1);
    const whole = await bench.rows();
    await bench.forget();
    for (const reading of [1, 3, 8, 2]) await expect(bench.interrupted(reading)).rejects.toThrow('interrupted');
    await bench.run(9);
    expect(await bench.rows()).toEqual(whole);
  });

  it('are unchanged when they are seeded again', async () => {
    await bench.run(1);
    const before = await bench.rows();
    await bench.run(2, new FakeClock('2027-01-01T00:00:00.000Z'));
    expect(await bench.rows()).toEqual(before);
  });
});
