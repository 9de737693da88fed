import { Controller } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { DomainEvent, EventEnvelope, InstantText } from '#contracts';
import { statement } from '#persistence';
import type { Tx } from '#persistence';
import { Reads, ReadsBatch, ReadsWatermark } from '../../reading/decorators.ts';
import type { Mark, MarkContext, ReadContext } from '../../reading/delivery.ts';
import { Noted, Shelved, Tide } from './test-events.ts';

/** What a handler does besides writing its effect: nothing, fail, or wait. */
export type Behaviour = (envelope: EventEnvelope, tx: Tx) => Promise<void> | void;

export interface Effect {
  readonly key: string;
  readonly n: number;
  readonly by: string;
}

/** `seq` gives the order of the writes; `nth` is null for a watermark. */
export const effectTable = `create table effect (
  seq bigint generated always as identity primary key,
  group_name text not null, by_whom text not null, key text not null, nth int, partition int, event_id uuid
)`;

/** Tells a handler's transaction from others. */
export const effectStatement = 'test effect';
const write = statement(
  effectStatement,
  `insert into effect (group_name, by_whom, key, nth, event_id)
   select $1, $2, e.key, e.n, e.id from unnest($3::text[], $4::int[], $5::uuid[]) as e (key, n, id)`,
);
const writeMark = statement(
  'test mark',
  `insert into effect (group_name, by_whom, key, partition) values ($1, $2, $3, $4::int)`,
);

export interface ReaderOptions {
  /** The process that handled it: tells two processes of a service apart. */
  readonly by?: string;
  /** Runs before the effect is written. */
  readonly behave?: Behaviour;
}

/** A controller that reads one by one in `group`, and receives its watermark. */
export function singleReader(group: string, { by = 'a', behave = () => undefined }: ReaderOptions = {}): Type {
  @Controller()
  class SingleReader {
    @Reads(group, Noted)
    async onNoted(event: Noted, { tx, envelope }: ReadContext): Promise<void> {
      if (event.n !== envelope.streamVersion) throw new Error('the envelope is not that of the event');
      await behave(envelope, tx);
      await writeEffects(tx, group, by, [envelope]);
    }

    @ReadsWatermark(group, Tide)
    async onTide({ event, partition, partitions }: Mark<Tide>, { tx }: MarkContext): Promise<void> {
      await tx.query(writeMark, [group, by, `${event.asOf} of ${partitions}`, partition]);
    }
  }
  return SingleReader;
}

/** A controller that reads in batches in `group`; `seen` receives the size of each batch. */
export function batchReader(
  group: string,
  { by = 'a', behave = () => undefined, seen }: ReaderOptions & { readonly seen?: (size: number) => void } = {},
): Type {
  @Controller()
  class BatchReader {
    @ReadsBatch(group, Noted, Shelved)
    async onEvents(envelopes: readonly EventEnvelope[], { tx }: { tx: Tx; now: InstantText }): Promise<void> {
      seen?.(envelopes.length);
      for (const envelope of envelopes) await behave(envelope, tx);
      await writeEffects(tx, group, by, envelopes);
    }
  }
  return BatchReader;
}

async function writeEffects(tx: Tx, group: string, by: string, envelopes: readonly EventEnvelope[]): Promise<void> {
  await tx.query(write, [
    group,
    by,
    envelopes.map((each) => each.key),
    envelopes.map((each) => (each.event as DomainEvent & { n: number }).n),
    envelopes.map((each) => each.id),
  ]);
}
