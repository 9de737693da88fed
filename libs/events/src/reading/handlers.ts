import { isObservable, lastValueFrom } from 'rxjs';
import type { EventClass } from '#contracts';
import type { MessageHandler } from '@nestjs/microservices';
import { topicOf } from '#contracts';
import { reasonOf } from '../reason.ts';
import type { DeliveryAttempt, AttemptOutcome } from './delivery.ts';
import type { ReadExtras, ReadMode, ReadPattern } from './pattern.ts';

/** A controller method for one event type, as Nest passed it to us. */
export interface TypeHandler {
  readonly mode: ReadMode;
  readonly event: EventClass;
  readonly method: symbol;
  readonly nest: MessageHandler;
}

/** Everything that one group reads. */
export interface GroupHandlers {
  readonly group: string;
  readonly byType: ReadonlyMap<string, TypeHandler>;
  /** Sorted; the topics that carry those types. */
  readonly topics: readonly string[];
}

/**
 * Sorts Nest's handlers by group. Throws for a pattern that our decorators did not make, for two methods of one pattern
 * (traps.md 30), for a group that reads both one by one and in batches, and for a group with two batch methods: the order
 * per key could not be kept.
 */
export function groupsOf(handlers: ReadonlyMap<string, MessageHandler>): readonly GroupHandlers[] {
  const groups = new Map<string, Map<string, TypeHandler>>();
  for (const [text, nest] of handlers) {
    const { group, type } = patternOf(text, nest);
    const { mode, events, method } = nest.extras as unknown as ReadExtras;
    const event = events.find((each) => each.type === type);
    if (event === undefined) throw new Error(`${text}: the decorator does not name this event`);
    if (nest.next !== undefined) throw new Error(`${text} is read by two methods: give each its own group`);
    const own = groups.get(group) ?? new Map<string, TypeHandler>();
    groups.set(group, own.set(type, { mode, event, method, nest }));
  }
  return [...groups].map(([group, byType]) => checked({ group, byType, topics: topicsOf(byType) }));
}

/** One attempt. A return value that is not an outcome is a failure: a guard, interceptor or filter replaced it. */
export async function callHandler(handler: TypeHandler, delivery: DeliveryAttempt): Promise<AttemptOutcome> {
  try {
    const answer: unknown = await handler.nest(delivery);
    // the base class does not await it, so failures would look like successes (traps.md 28)
    const outcome: unknown = isObservable(answer) ? await lastValueFrom(answer, { defaultValue: undefined }) : answer;
    if (isOutcome(outcome)) return outcome;
    return { kind: 'failed', reason: 'something between Nest and the handler swallowed the outcome' };
  } catch (error) {
    return { kind: 'failed', reason: `before the handler: ${reasonOf(error)}` };
  }
}

/** The services whose events the group reads, in the order of its topics. */
export function publishersOf({ topics }: GroupHandlers): readonly string[] {
  return topics.map((topic) => topic.replace(/\.events$/, ''));
}

/** The topics whose watermarks the group receives. */
export function marksOf({ byType }: GroupHandlers): readonly string[] {
  return [...byType].filter(([, { mode }]) => mode === 'watermark').map(([type]) => topicOf(type));
}

function patternOf(text: string, nest: MessageHandler): ReadPattern {
  const extras = nest.extras as Partial<ReadExtras> | undefined;
  if (extras?.mode === undefined) throw new Error(`${text} was not made by Reads, ReadsBatch or ReadsWatermark`);
  return JSON.parse(text) as ReadPattern;
}

function topicsOf(byType: ReadonlyMap<string, TypeHandler>): readonly string[] {
  return [...new Set([...byType.keys()].map(topicOf))].sort();
}

function checked(handlers: GroupHandlers): GroupHandlers {
  const eventModes = [...handlers.byType.values()].filter((each) => each.mode !== 'watermark');
  const batches = new Set(eventModes.filter((each) => each.mode === 'batch').map((each) => each.method));
  const mixed = batches.size > 0 && eventModes.some((each) => each.mode === 'one');
  if (mixed) throw new Error(`${handlers.group} reads one by one and in batches: choose one`);
  if (batches.size > 1) throw new Error(`${handlers.group} reads in batches by two methods: name all events in one`);
  return handlers;
}

function isOutcome(value: unknown): value is AttemptOutcome {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
