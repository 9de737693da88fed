import 'reflect-metadata';
import { EventPattern } from '@nestjs/microservices';
import type { DomainEvent, EventClass, EventEnvelope } from '#contracts';
import { DeliveryAttempt } from './delivery.ts';
import type { BatchContext, Mark, MarkContext, AttemptOutcome, ReadContext } from './delivery.ts';
import { outcomeOf } from './classify.ts';
import { reads } from './pattern.ts';
import type { ReadExtras, ReadMode } from './pattern.ts';
import { readBatch } from './read-batch.ts';
import { readOne } from './read-one.ts';

type Handler<Args extends unknown[]> = (...args: Args) => Promise<void> | void;
type Decorates<Args extends unknown[]> = <M extends Handler<Args>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/**
 * Marks a controller method that reads events of a group one by one: `method(event, { tx, envelope, now })`. Its
 * transaction also writes the inbox row, so each event is handled once, however often it is delivered. An error is
 * retried, then the event is parked with its reason, and the later events of its key wait.
 */
export function Reads<C extends readonly EventClass[]>(
  group: string,
  ...events: C
): Decorates<[event: InstanceType<C[number]>, context: ReadContext]> {
  type Event = InstanceType<C[number]>;
  return decorate<[Event, ReadContext]>('one', group, events, async (delivery, method) => {
    const envelope = delivery.envelopes[0];
    if (envelope === undefined) return { kind: 'handled', waiting: [] };
    const replayed = delivery.within !== undefined;
    const call = async (tx: ReadContext['tx']): Promise<void> =>
      method(envelope.event as Event, { tx, envelope, now: delivery.kit.clock.now(), replayed });
    if (delivery.within !== undefined) return handledIn(delivery.within, call);
    return readOne(delivery, envelope, { kind: 'system', key: envelope.key }, call);
  });
}

/**
 * Marks a controller method that reads events of a group in batches: `method(envelopes, { tx, now })`. They are sorted by
 * key and in order within each key, with one transaction for all. A failing batch is split until the poison event is
 * alone.
 */
export function ReadsBatch(
  group: string,
  ...events: readonly EventClass[]
): Decorates<[events: readonly EventEnvelope[], context: BatchContext]> {
  return decorate<[readonly EventEnvelope[], BatchContext]>('batch', group, events, async (delivery, method) => {
    const call = async (envelopes: readonly EventEnvelope[], tx: BatchContext['tx']): Promise<void> =>
      method(envelopes, { tx, now: delivery.kit.clock.now(), replayed: delivery.within !== undefined });
    if (delivery.within !== undefined) return handledIn(delivery.within, (tx) => call(delivery.envelopes, tx));
    const [first] = delivery.envelopes;
    if (delivery.redrive && first !== undefined) {
      return readOne(delivery, first, { kind: 'system', key: '' }, (tx) => call([first], tx));
    }
    return readBatch(delivery, call);
  });
}

/**
 * Marks a controller method that receives a publisher's watermark: `method({ event, partition, partitions }, { tx })`,
 * after everything before it in its partition was handled or parked. There is no inbox, so the method may receive a
 * watermark twice.
 */
export function ReadsWatermark<E extends DomainEvent>(
  group: string,
  event: EventClass<E>,
): Decorates<[mark: Mark<E>, context: MarkContext]> {
  return decorate<[Mark<E>, MarkContext]>('watermark', group, [event], async ({ kit, mark }, method) => {
    if (mark === undefined) return { kind: 'handled', waiting: [] };
    try {
      await kit.unitOfWork.run({ kind: 'system', key: '' }, async (tx) =>
        method(mark as Mark<E>, { tx, now: kit.clock.now() }),
      );
      return { kind: 'handled', waiting: [] };
    } catch (error) {
      return outcomeOf(error);
    }
  });
}

/** Runs in the transaction of a rebuild, which commits it. */
async function handledIn(
  tx: ReadContext['tx'],
  work: (tx: ReadContext['tx']) => Promise<void>,
): Promise<AttemptOutcome> {
  try {
    await work(tx);
    return { kind: 'handled', waiting: [] };
  } catch (error) {
    return outcomeOf(error);
  }
}

const wrappers = new WeakSet<object>();

/**
 * Replaces the method with the inbox wrapper and registers its patterns with Nest. Called with anything but a {@link
 * DeliveryAttempt}, as in a test, the method runs unchanged.
 */
function decorate<Args extends unknown[]>(
  mode: ReadMode,
  group: string,
  events: readonly EventClass[],
  read: (delivery: DeliveryAttempt, method: (...args: Args) => Promise<void>) => Promise<AttemptOutcome>,
): Decorates<Args> {
  if (events.length === 0) throw new Error(`${group} has no event: name at least one`);
  return (target, key, descriptor) => {
    const method = descriptor.value as Handler<Args> | undefined;
    if (method === undefined) throw new Error(`${String(key)} is not a method`);
    if (wrappers.has(method)) throw new Error(`${String(key)} has two decorators: name all its events in one`);
    const wrapper = function (this: unknown, ...args: unknown[]): unknown {
      const [delivery] = args;
      if (!(delivery instanceof DeliveryAttempt)) return method.apply(this, args as unknown as Args);
      return read(delivery, async (...given) => method.apply(this, given));
    };
    for (const name of Reflect.getMetadataKeys(method) as string[]) {
      Reflect.defineMetadata(name, Reflect.getMetadata(name, method), wrapper);
    }
    // We validate ourselves (traps.md 31): with these types, an application's pipe finds nothing to transform.
    Reflect.defineMetadata('design:paramtypes', [Object, Object], target, key);
    Object.assign(descriptor, { value: wrapper });
    const patterns = events.map((event) => reads(group, event));
    const extras: ReadExtras = { mode, events, method: Symbol(`${target.constructor.name}.${String(key)}`) };
    EventPattern(patterns, extras as unknown as Record<string, unknown>)(target, key, descriptor);
    wrappers.add(wrapper);
  };
}
