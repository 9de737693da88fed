import type { DomainEvent, EventEnvelope } from '#contracts';
import { Unavailable, type ValuesOf } from '#persistence';
import type { Contiguous } from '../lanes/contiguous.ts';
import { inLanes } from '../lanes/lanes.ts';
import type { RetryClock } from '../lanes/retry-clock.ts';
import { retried } from '../lanes/retry.ts';
import type { Tried } from '../lanes/retry.ts';
import type { Slots } from '../lanes/slots.ts';
import { halvesByKey } from '../lanes/splitting.ts';
import type { IncomingMessage } from '../messages.ts';
import type { Parking, Why } from '../parking/parking.ts';
import { outcomeOf } from './classify.ts';
import { DeliveryAttempt } from './delivery.ts';
import type { AttemptOutcome, ReadingKit } from './delivery.ts';
import { callHandler } from './handlers.ts';
import type { GroupHandlers, TypeHandler } from './handlers.ts';
import { Unreadable, envelopeOf, laneOf, markOf, streamPlaceOf, typeOf } from '../incoming/incoming.ts';
import { passStatement } from '../inbox/inbox.statements.ts';

export interface GroupReaderOptions {
  readonly handlers: GroupHandlers;
  readonly kit: ReadingKit;
  readonly parking: Parking;
  readonly slots: Slots;
  readonly retryClock: RetryClock;
  /** Called when a handler refused a watermark: it is not parked, because the next one follows. */
  readonly onLostMark: (group: string, reason: string) => void;
}

interface Item {
  readonly place: number;
  readonly message: IncomingMessage;
  readonly lane: string;
}
interface Readable extends Item {
  readonly handler: TypeHandler;
  readonly envelope: EventEnvelope;
}
interface Refused extends Item {
  readonly refusal: string;
}

/** What the group does with the messages between two watermarks. */
interface Segment {
  readonly wanted: (Readable | Refused)[];
  readonly passed: Item[];
  mark?: { readonly item: Item; readonly handler: TypeHandler };
}

/**
 * What a group does with the messages of one partition, whatever transport carried them: lanes, retry, splitting,
 * parking. The transports only fetch, send heartbeats and commit.
 */
export class GroupReader {
  constructor(private readonly o: GroupReaderOptions) {}

  get group(): string {
    return this.o.handlers.group;
  }

  /**
   * Handles or parks each message and marks its place in `done`. Returns early when `goOn` returns false. Throws {@link
   * Unavailable} if the database is unavailable, and any error of a bug of ours. Then nothing runs any more, and messages
   * that are not `done` must be delivered again.
   */
  async read(
    messages: readonly IncomingMessage[],
    partitions: number,
    done: Contiguous,
    goOn: () => boolean,
  ): Promise<void> {
    for (const segment of this.segmentsOf(messages)) {
      await this.readWanted(segment.wanted, done, goOn);
      if (!goOn()) return;
      await this.pass(segment.passed, goOn);
      segment.passed.forEach((item) => done.mark(item.place));
      if (segment.mark === undefined) continue;
      if (!(await this.handleMark(segment.mark.item, segment.mark.handler, partitions, goOn))) return;
      done.mark(segment.mark.item.place);
    }
  }

  /** Reads a parked message again, under its key's lock. `unwanted`: the group no longer reads its type. */
  async readAgain(message: IncomingMessage, goOn: () => boolean): Promise<Tried | 'unwanted' | Unreadable> {
    const [segment] = this.segmentsOf([message]);
    const [item] = segment?.wanted ?? [];
    if (item === undefined) return 'unwanted';
    if ('refusal' in item) return new Unreadable(item.refusal);
    return retried(() => this.attempt([item], true), this.o.retryClock, goOn);
  }

  private segmentsOf(messages: readonly IncomingMessage[]): readonly Segment[] {
    const segments: Segment[] = [];
    let open: Segment = { wanted: [], passed: [] };
    messages.forEach((message, place) => {
      const item = { place, message, lane: laneOf(message) };
      const type = typeOf(message);
      const handler = this.o.handlers.byType.get(type ?? '');
      if (type === undefined)
        open.wanted.push({ ...item, refusal: 'it is no CloudEvent: the header ce_type is missing' });
      else if (handler === undefined) open.passed.push(item);
      else if (handler.mode !== 'watermark') open.wanted.push(taken(item, handler));
      else {
        segments.push({ ...open, mark: { item, handler } });
        open = { wanted: [], passed: [] };
      }
    });
    return [...segments, open];
  }

  private async readWanted(
    items: readonly (Readable | Refused)[],
    done: Contiguous,
    goOn: () => boolean,
  ): Promise<void> {
    const batched = items.filter((item): item is Readable => 'handler' in item && item.handler.mode === 'batch');
    if (batched.length === 0) return this.readSingly(items, done, goOn);
    // a key with an unreadable event is read one by one from the start: the events before it first, those after it wait
    const broken = new Set(items.filter((item) => 'refusal' in item).map((item) => item.lane));
    await this.readTogether(
      batched.filter((item) => !broken.has(item.lane)),
      done,
      goOn,
    );
    await this.readSingly(
      items.filter((item) => broken.has(item.lane)),
      done,
      goOn,
    );
  }

  private async readTogether(items: readonly Readable[], done: Contiguous, goOn: () => boolean): Promise<void> {
    if (items.length === 0 || !goOn()) return;
    // one try, because splitting is a retry too
    const { outcome, stopped } = await retried(() => this.attempt(items), this.o.retryClock, goOn, 1);
    if (stopped) return;
    if (outcome.kind === 'unavailable') throw asUnavailable(outcome.cause);
    if (outcome.kind === 'handled') {
      const waiting = new Set(outcome.waiting);
      items.filter((item) => !waiting.has(item.lane)).forEach((item) => done.mark(item.place));
      return this.readSingly(
        items.filter((item) => waiting.has(item.lane)),
        done,
        goOn,
      );
    }
    const halves = halvesByKey(items, (item) => item.lane);
    if (halves === undefined) return this.readSingly(items, done, goOn);
    await this.readTogether(halves[0], done, goOn);
    await this.readTogether(halves[1], done, goOn);
  }

  private async readSingly(
    items: readonly (Readable | Refused)[],
    done: Contiguous,
    goOn: () => boolean,
  ): Promise<void> {
    const read = async (item: Readable | Refused): Promise<void> => {
      if (await this.settle(item, goOn)) done.mark(item.place);
    };
    await inLanes(items, (item) => item.lane, read, goOn);
  }

  /** True if it was handled or parked; false if the reader was stopped. */
  private async settle(item: Readable | Refused, goOn: () => boolean): Promise<boolean> {
    if ('refusal' in item) return this.park(item, { because: 'invalid', reason: item.refusal, attempts: 0 });
    for (;;) {
      const { outcome, attempts, stopped } = await retried(() => this.attempt([item]), this.o.retryClock, goOn);
      if (stopped) return false;
      if (outcome.kind === 'unavailable') throw asUnavailable(outcome.cause);
      if (outcome.kind === 'failed') {
        return this.park(item, { because: 'failed', reason: outcome.reason, attempts });
      }
      if (outcome.kind === 'slow') return this.park(item, { because: 'slow', reason: outcome.reason, attempts: 1 });
      if (outcome.waiting.length === 0 || (await this.parkBehind(item))) return true;
      // the key was freed between our check and its lock, so this event can be handled now
    }
  }

  private async park(item: Item, why: Why): Promise<true> {
    await this.o.slots.use(() => this.o.parking.park(this.group, item.message, why));
    return true;
  }

  private parkBehind(item: Item): Promise<boolean> {
    return this.o.slots.use(() => this.o.parking.parkBehind(this.group, item.message));
  }

  private async attempt(items: readonly Readable[], redrive = false): Promise<AttemptOutcome> {
    const [first] = items;
    if (first === undefined) return { kind: 'handled', waiting: [] };
    const envelopes = items.map((item) => item.envelope);
    const delivery = new DeliveryAttempt(this.o.kit, this.group, envelopes, { redrive });
    return this.o.slots.use(() => callHandler(first.handler, delivery));
  }

  /** Events that no handler here reads: their streams still count as read up to them. */
  private async pass(items: readonly Item[], goOn: () => boolean): Promise<void> {
    const places = items.flatMap((item) => streamPlaceOf(item.message) ?? []);
    if (places.length === 0) return;
    const values: ValuesOf<typeof passStatement> = [
      this.group,
      places.map((each) => each.source),
      places.map((each) => each.key),
      places.map((each) => each.version),
    ];
    const attempt = (): Promise<AttemptOutcome> => this.o.slots.use(() => passed(this.o.kit, values));
    const { outcome } = await retried(attempt, this.o.retryClock, goOn);
    if (outcome.kind === 'unavailable') throw asUnavailable(outcome.cause);
    if (outcome.kind === 'slow') throw new Unavailable(new Error(outcome.reason));
    if (outcome.kind === 'failed') throw new Error(outcome.reason);
  }

  /** True if the mark was delivered or given up; false if the reader was stopped. */
  private async handleMark(
    item: Item,
    handler: TypeHandler,
    partitions: number,
    goOn: () => boolean,
  ): Promise<boolean> {
    const event = markIn(item.message, handler);
    if (typeof event === 'string') {
      this.o.onLostMark(this.group, event);
      return true;
    }
    const { partition, offset } = item.message;
    const mark = { event, partition, offset, partitions };
    const delivery = new DeliveryAttempt(this.o.kit, this.group, [], { mark });
    const attempt = (): Promise<AttemptOutcome> => this.o.slots.use(() => callHandler(handler, delivery));
    const { outcome, stopped } = await retried(attempt, this.o.retryClock, goOn);
    if (stopped) return false;
    if (outcome.kind === 'unavailable') throw asUnavailable(outcome.cause);
    if (outcome.kind !== 'handled') this.o.onLostMark(this.group, outcome.reason);
    return true;
  }
}

async function passed(kit: ReadingKit, values: ValuesOf<typeof passStatement>): Promise<AttemptOutcome> {
  try {
    await kit.unitOfWork.run({ kind: 'system', key: '' }, (tx) => tx.query(passStatement, values));
    return { kind: 'handled', waiting: [] };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** The mark's event, or the reason why it cannot be read. */
function markIn(message: IncomingMessage, handler: TypeHandler): DomainEvent | string {
  try {
    return markOf(message, handler.event);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

function taken(item: Item, handler: TypeHandler): Readable | Refused {
  try {
    return { ...item, handler, envelope: envelopeOf(item.message, handler.event) };
  } catch (error) {
    if (error instanceof Unreadable) return { ...item, refusal: error.message };
    throw error;
  }
}

function asUnavailable(cause: unknown): Unavailable {
  return cause instanceof Unavailable ? cause : new Unavailable(cause);
}
