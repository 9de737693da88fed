import type { EventEnvelope } from '#contracts';
import type { Tx } from '#persistence';
import { Unreadable, envelopeOf, typeOf } from '../incoming/incoming.ts';
import { outcomeOf } from '../reading/classify.ts';
import { DeliveryAttempt } from '../reading/delivery.ts';
import type { AttemptOutcome, ReadingKit } from '../reading/delivery.ts';
import { callHandler } from '../reading/handlers.ts';
import type { GroupHandlers, TypeHandler } from '../reading/handlers.ts';
import type { Projected } from './projected.ts';
import { groupLockStatement, keyLockStatement } from '../inbox/inbox.statements.ts';
import {
  forgetStatements,
  holdReachedStatement,
  keepBooksStatement,
  type ForgetStatement,
} from './rebuild.statements.ts';
import type { LoggedStream } from './streams.ts';

interface Wanted {
  readonly handler: TypeHandler;
  readonly envelope: EventEnvelope;
}

class Undone extends Error {
  constructor(readonly outcome: AttemptOutcome) {
    super('the rebuild of these streams is rolled back');
  }
}

/** Rebuilds one group's rows of streams: deletes and handles again in one transaction, so nobody sees fewer rows. */
export class StreamRebuild {
  private readonly forgets: readonly ForgetStatement[];

  constructor(
    private readonly kit: ReadingKit,
    private readonly handlers: GroupHandlers,
    projected: Projected,
  ) {
    this.forgets = forgetStatements(projected);
  }

  /** True if the group handles many streams in one transaction, as it handles batches; otherwise each stream has its own. */
  get together(): boolean {
    return [...this.handlers.byType.values()].some(({ mode }) => mode === 'batch');
  }

  /**
   * One attempt over streams of one service's log. In the `waiting` streams the live reader is ahead: we have not read
   * everything that it handled, so we left them unchanged and must read them again.
   */
  async attempt(service: string, streams: readonly LoggedStream[]): Promise<AttemptOutcome> {
    const [only] = streams;
    const key = this.together ? '' : (only?.key ?? '');
    try {
      return await this.kit.unitOfWork.run({ kind: 'system', key }, (tx) => this.within(tx, service, streams));
    } catch (error) {
      if (error instanceof Unreadable) return { kind: 'failed', reason: error.message };
      return error instanceof Undone ? error.outcome : outcomeOf(error);
    }
  }

  private async within(tx: Tx, service: string, streams: readonly LoggedStream[]): Promise<AttemptOutcome> {
    const { group } = this.handlers;
    await this.hold(tx, group, streams);
    const reached = await tx.query(holdReachedStatement, [group, service, streams.map(({ key }) => key)]);
    const live = new Map(reached.map(({ key, version }) => [key, version]));
    const fit = streams.filter(({ key, version }) => version >= (live.get(key) ?? 0));
    const behind = streams.filter((stream) => !fit.includes(stream)).map(({ key }) => key);
    if (fit.length === 0) return { kind: 'handled', waiting: behind };
    const wanted = fit.flatMap(({ messages }) => messages.flatMap((message) => this.wanted(message)));
    for (const forget of this.forgets) await tx.query(forget, [fit.map(({ key }) => key)]);
    await this.handle(tx, wanted);
    await this.keepBooks(tx, service, fit, wanted);
    return { kind: 'handled', waiting: behind };
  }

  /** Taken before all locks of the live reader and in the same order; otherwise the two could deadlock. */
  private async hold(tx: Tx, group: string, streams: readonly LoggedStream[]): Promise<void> {
    if (this.together) return void (await tx.query(groupLockStatement, [group]));
    for (const key of streams.map((stream) => stream.key).toSorted()) await tx.query(keyLockStatement, [group, key]);
  }

  private wanted(message: LoggedStream['messages'][number]): readonly Wanted[] {
    const handler = this.handlers.byType.get(typeOf(message) ?? '');
    if (handler === undefined || handler.mode === 'watermark') return [];
    return [{ handler, envelope: envelopeOf(message, handler.event) }];
  }

  private async handle(tx: Tx, wanted: readonly Wanted[]): Promise<void> {
    const [first] = wanted;
    if (first === undefined) return;
    const calls = this.together ? [{ handler: first.handler, envelopes: wanted.map(({ envelope }) => envelope) }] : [];
    const singles = this.together ? [] : wanted.map(({ handler, envelope }) => ({ handler, envelopes: [envelope] }));
    for (const { handler, envelopes } of [...calls, ...singles]) {
      const outcome = await callHandler(
        handler,
        new DeliveryAttempt(this.kit, this.handlers.group, envelopes, { within: tx }),
      );
      if (outcome.kind !== 'handled') throw new Undone(outcome);
    }
  }

  private async keepBooks(
    tx: Tx,
    service: string,
    streams: readonly LoggedStream[],
    wanted: readonly Wanted[],
  ): Promise<void> {
    // A stream's last version is reached even if no handler here needs its last event.
    const ends = streams.map(({ key, version }) => ({ id: null, key, version }));
    const events = wanted.map(({ envelope: { id, key, streamVersion } }) => ({ id, key, version: streamVersion }));
    const books = [...events, ...ends];
    await tx.query(keepBooksStatement, [
      this.handlers.group,
      service,
      books.map(({ id }) => id),
      this.kit.clock.now(),
      books.map(({ key }) => key),
      books.map(({ version }) => version),
    ]);
  }
}
