import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from '@jest/globals';
import { Unavailable, withClient } from '#persistence';
import type { TestDatabase } from '#testing';
import { FaultyUnitOfWork, ReaderBench, readersDatabase, until, type CarriedBy } from '../testing/reader-bench.ts';
import { key } from '../testing/test-events.ts';
import { singleReader } from '../testing/test-readers.ts';
import type { IncomingMessage } from '../../messages.ts';
import { transportContract } from '../testing/transport.contract.ts';
import { embeddedTransport } from './embedded-transport.ts';
import { fetchStatement } from './embedded.statements.ts';

async function carries({ adminUrl, appUrl }: TestDatabase): Promise<CarriedBy> {
  await withClient(adminUrl, (client) => client.query('drop schema if exists embedded_transport cascade'));
  return {
    transport: () => embeddedTransport({ adminUrl, appUrl: (service) => (service === 'reader' ? appUrl : adminUrl) }),
    messages: (topic) =>
      withClient(adminUrl, async (client) => {
        const text = `select topic, partition, "offset"::text, key, headers, value from embedded_transport.message where topic = $1`;
        return (await client.query<IncomingMessage>(text, [topic])).rows;
      }),
    close: () => Promise.resolve(),
  };
}

transportContract('embedded', carries);

describe('A process of two whose database fails', () => {
  let database: TestDatabase;
  let bench: ReaderBench;
  beforeAll(async () => {
    database = await readersDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    bench = await ReaderBench.open(database, carries);
  });
  afterEach(() => bench?.close());

  it('reports no trouble of a partition that the other process has taken over', async () => {
    const keys = Array.from({ length: 24 }, (_, n) => key(n + 1));
    let away = true;
    const unitOfWork = new FaultyUnitOfWork(bench.unitOfWork, {
      beforeStatement: (name) => {
        if (away && name === fetchStatement.name) throw new Unavailable(new Error('no database'));
      },
    });
    // Given a process that fails to read
    const first = await bench.start([singleReader('reader.group')], { unitOfWork });
    await bench.publish(bench.streams.many(24, keys));
    await until('it is in trouble', () => first.strategy.readiness().detail.includes('stopped at'));
    // When another one takes some of its partitions over
    const second = await bench.start([singleReader('reader.group')]);
    await until('the other one reads', async () => (await bench.effects('reader.group')).length > 0);
    away = false;
    // Then both are ready once all is read
    await until('all is read', async () => (await bench.effects('reader.group')).length === 24);
    await until('the first is ready', () => first.strategy.readiness().ready);
    await until('the second is ready', () => second.strategy.readiness().ready);
  });
});
