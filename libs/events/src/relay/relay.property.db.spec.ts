import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statement } from '#persistence';
import fc from 'fast-check';
import {
  eventsDatabase,
  OpenTransaction,
  recording,
  system,
  until,
  type EventsDatabase,
} from '../testing/events-database.ts';
import { MemoryTopic, type SendFate } from '../testing/memory-topic.ts';
import { Relays } from '../testing/relays.ts';
import type { Relay } from './relay.ts';

let database: EventsDatabase;
let relays: Relays;

beforeAll(async () => {
  database = await eventsDatabase();
  relays = new Relays(database);
});
afterAll(async () => {
  await relays.stop();
  await database.close();
});

/** One command on its own connection. `early` writes before it locks its stream, which the rule forbids. */
interface Command {
  readonly stream: number;
  readonly events: number;
  readonly early: boolean;
  readonly end: 'commit' | 'rollback';
}

const anyCommand: fc.Arbitrary<Command> = fc.record({
  stream: fc.nat(1),
  events: fc.integer({ min: 1, max: 2 }),
  early: fc.boolean(),
  end: fc.constantFrom('commit', 'commit', 'commit', 'rollback'),
});
const anyFate = fc.constantFrom<SendFate>('stored', 'stored', 'refused', 'answer-lost');
const anyCourse = fc.record({
  commands: fc.array(anyCommand, { minLength: 2, maxLength: 6 }),
  /** Which command takes its next step; commands left at the end continue in order. */
  turns: fc.array(fc.nat(5), { maxLength: 24 }),
  /** Before which turn the relay starts; from then on it looks at every turn. */
  relayAt: fc.nat(12),
  batch: fc.integer({ min: 1, max: 4 }),
  fates: fc.array(anyFate, { maxLength: 4 }),
});

const writeSomething = statement('spec-early', 'select pg_current_xact_id()');
const brief = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3));

/** The command's steps one after the other; a step that waits for a lock holds back only its own later steps. */
async function stepsOf(command: Command, key: string): Promise<(() => Promise<unknown>)[]> {
  const open = await OpenTransaction.begin(database.unitOfWork);
  let version = 0;
  return [
    ...(command.early ? [() => open.do((tx) => tx.query(writeSomething))] : []),
    async () => (version = await open.do((tx) => database.log.lockStream(tx, key))),
    () => open.do((tx) => database.log.record(tx, recording({ key, version, events: command.events }))),
    () => (command.end === 'commit' ? open.commit() : open.rollback()),
  ];
}

async function leading(topic: MemoryTopic, batch: number): Promise<Relay> {
  const relay = await relays.start(topic, { batch });
  await until(() => relay.status().leading);
  return relay;
}

let courses = 0;

describe('whatever commands run concurrently', () => {
  it('the relay sends each stream completely and in the order of its versions', async () => {
    await fc.assert(
      fc.asyncProperty(anyCourse, async ({ commands, turns, relayAt, batch, fates }) => {
        courses += 1;
        const keyOf = (stream: number): string => `course-${courses}-${stream}`;
        const topic = new MemoryTopic();
        topic.fates = [...fates];
        const ways = await Promise.all(commands.map((command) => stepsOf(command, keyOf(command.stream))));
        let relay: Relay | undefined;
        const queues: Promise<unknown>[] = ways.map(() => Promise.resolve());
        const step = async (i: number): Promise<void> => {
          const next = ways[i]?.shift();
          if (next === undefined) return;
          queues[i] = (queues[i] ?? Promise.resolve()).then(next);
          await Promise.race([queues[i], brief()]);
          relay?.poke();
        };
        for (const [at, turn] of turns.entries()) {
          if (at === relayAt) relay = await leading(topic, batch);
          await step(turn % commands.length);
        }
        for (const i of ways.keys()) while ((ways[i] ?? []).length > 0) await step(i);
        await Promise.all(queues);
        relay ??= await leading(topic, batch);
        await relay.drain();
        await relays.stop();
        expect(topic.faults).toEqual([]);
        for (const stream of [0, 1]) {
          const key = keyOf(stream);
          const version = await database.unitOfWork.run(system, (tx) => database.log.streamVersion(tx, key));
          const whole = Array.from({ length: version }, (_, i) => i + 1);
          expect(topic.firstVersionsOf(key)).toEqual(whole);
          if (fates.every((fate) => fate === 'stored')) expect(topic.versionsOf(key)).toEqual(whole);
        }
      }),
      { numRuns: 40, interruptAfterTimeLimit: 40_000 },
    );
  });
});
