import { Relay, type RelaySetup } from '../relay/relay.ts';
import type { EventsDatabase } from './events-database.ts';
import type { MemoryTopic } from './memory-topic.ts';

/** Relays for a spec, with short intervals; `stop` ends all of them. */
export class Relays {
  readonly troubles: string[] = [];
  private readonly made: Relay[] = [];

  constructor(private readonly database: EventsDatabase) {}

  async start(topic: MemoryTopic, more: Partial<RelaySetup> = {}): Promise<Relay> {
    const { appUrl, clock, ids } = this.database;
    const relay = new Relay({
      service: 'referrals',
      url: appUrl,
      publisher: () => topic.publisher(),
      clock,
      ids,
      pollMs: 10,
      standbyMs: 10,
      firstRetryMs: 5,
      onTrouble: (what) => this.troubles.push(what),
      ...more,
    });
    this.made.push(relay);
    await relay.start();
    return relay;
  }

  async stop(): Promise<void> {
    await Promise.all(this.made.splice(0).map((relay) => relay.stop()));
  }
}
