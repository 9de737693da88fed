import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { riverCounty, seedAreaId } from '#contracts';
import { withClient } from '#persistence';
import { testService, type TestService } from '#testing';
import { DirectoryModule } from '../directory.module.ts';

let directory: TestService;
beforeAll(async () => {
  directory = await testService(DirectoryModule, 'directory');
});
afterAll(() => directory?.close());

describe('an area', () => {
  const publishedAreas = async (): Promise<readonly string[]> => {
    await directory.service.settle();
    const sql = `select stream_key from directory.event where type = 'directory.area.changed'`;
    return withClient(directory.deployment.adminUrl, async (client) =>
      (await client.query<{ stream_key: string }>(sql)).rows.map((row) => row.stream_key),
    );
  };

  it('is published by its own event once, whoever inserted it and whether or not a service covers it [W16]', async () => {
    const seeded = [seedAreaId('north'), seedAreaId('south')];
    expect((await publishedAreas()).toSorted()).toEqual(seeded.toSorted());
    const areaId = '01900000-0000-7000-8000-00000000a001';
    const sql = `insert into directory.area (area_id, network_id, code, name) values ($1, $2, 'east', 'East')`;
    await withClient(directory.deployment.adminUrl, (client) => client.query(sql, [areaId, riverCounty.networkId]));
    expect((await publishedAreas()).toSorted()).toEqual([...seeded, areaId].toSorted());
  });
});
