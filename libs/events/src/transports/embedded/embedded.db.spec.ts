import { withClient } from '#persistence';
import type { TestDatabase } from '#testing';
import type { CarriedBy } from '../testing/reader-bench.ts';
import type { IncomingMessage } from '../../messages.ts';
import { transportContract } from '../testing/transport.contract.ts';
import { embeddedTransport } from './embedded-transport.ts';

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
