import type { DomainEvent, EventClass, EventEnvelope } from '#contracts';
import type { BatchContext, Mark, MarkContext, ReadContext } from './delivery.ts';

type MethodOf<Args extends readonly unknown[]> = (
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<(...args: Args) => Promise<void>>,
) => void;

/**
 * A controller's method that reads events of a group one by one: `method(event, { tx, envelope, now })`. Its
 * transaction also writes the inbox row, so each event is handled once, whatever is delivered twice. What it throws is
 * retried, then parked with its reason; the key's later events wait.
 */
export function Reads<E extends DomainEvent>(
  _group: string,
  ..._events: readonly EventClass<E>[]
): MethodOf<[event: E, context: ReadContext]> {
  throw new Error('not built yet');
}

/**
 * A controller's method that reads events of a group in batches: `method(envelopes, { tx, now })`, sorted by key and in
 * order within each, one transaction for all. A failing batch is split until the poison event stands alone.
 */
export function ReadsBatch(
  _group: string,
  ..._events: readonly EventClass[]
): MethodOf<[events: readonly EventEnvelope[], context: BatchContext]> {
  throw new Error('not built yet');
}

/**
 * A controller's method that hears a publisher's watermark: `method({ event, partition, partitions }, { tx })`, after
 * everything before it in its partition was handled or parked. No inbox: it may be told twice.
 */
export function ReadsWatermark<E extends DomainEvent>(
  _group: string,
  _event: EventClass<E>,
): MethodOf<[mark: Mark<E>, context: MarkContext]> {
  throw new Error('not built yet');
}
