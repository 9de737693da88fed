import { roleOf, withAdvisoryLock } from '#persistence';
import type { Publisher } from '../../messages.ts';
import type { ConsumerStrategy } from '../consumer-strategy.ts';
import type { StrategyOptions } from '../strategy-options.ts';
import type { Transport } from '../transport.ts';
import { Announcements } from './announcements.ts';
import { EmbeddedPublisher } from './embedded-publisher.ts';
import { EmbeddedStrategy } from './embedded-strategy.ts';
import { embeddedTables } from './embedded.tables.ts';
import { allowReading, embeddedRights } from './rights/embedded-rights.ts';

export interface EmbeddedTransportOptions {
  /** May create a schema in the database that it names. */
  readonly adminUrl: string;
  /** The URL for `<service>_app`, whose rights are enough to read and publish; by default the admin's. */
  readonly appUrl?: (service: string) => string;
}

/** Topics as tables in the same PostgreSQL, schema `embedded_transport`; for one process or several that share it. */
export function embeddedTransport(options: EmbeddedTransportOptions): Transport {
  return new EmbeddedTransport(options);
}

class EmbeddedTransport implements Transport {
  readonly name = 'embedded';
  private readonly announcements = new Announcements();
  private readonly publishers = new Set<Publisher>();

  constructor(private readonly o: EmbeddedTransportOptions) {}

  async prepare(topics: readonly string[], partitions: number): Promise<void> {
    await withAdvisoryLock(this.o.adminUrl, 'embedded_transport', async (client) => {
      for (const sql of [...embeddedTables, ...embeddedRights]) await client.query(sql);
      await client.query(
        `insert into embedded_transport.head (topic, partition)
         select given.topic, partition from unnest($1::text[]) as given (topic), generate_series(0, $2::int - 1) as partition
          where not exists (select from embedded_transport.head as other where other.topic = given.topic)
         on conflict do nothing`,
        [topics, partitions],
      );
    });
  }

  publisher(service: string): Publisher {
    const publisher = new EmbeddedPublisher(this.urlOf(service), this.announcements, () =>
      this.publishers.delete(publisher),
    );
    this.publishers.add(publisher);
    return publisher;
  }

  strategy(options: StrategyOptions): ConsumerStrategy {
    const { service } = options;
    return new EmbeddedStrategy(options, {
      url: this.urlOf(service),
      announcements: this.announcements,
      allow: (topics) => this.allow(service, topics),
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.publishers].map((publisher) => publisher.close()));
  }

  /** A service's handlers decide what it reads; its role may read these topics and no others. */
  private async allow(service: string, topics: readonly string[]): Promise<void> {
    await withAdvisoryLock(this.o.adminUrl, 'embedded_transport', (client) =>
      client.query(allowReading, [roleOf(service, 'app'), topics]),
    );
  }

  private urlOf(service: string): string {
    return this.o.appUrl?.(service) ?? this.o.adminUrl;
  }
}
