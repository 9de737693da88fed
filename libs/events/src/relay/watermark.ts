import { type DomainEvent, type InstantText, schemaVersionOf } from '#contracts';
import { headerNames } from '../cloud-events.ts';
import type { Clock, Ids } from '../clock.ts';
import type { OutgoingMessage } from '../messages.ts';
import { covers, startOfLog, type LogPlace } from './log-place.ts';

export interface WatermarkOptions {
  readonly everyMs: number;
  readonly event: (asOf: InstantText) => DomainEvent;
}

export interface WatermarkSetup {
  readonly options: WatermarkOptions;
  readonly service: string;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * Decides when to send to every partition: "everything that happened up to this instant has been sent before this
 * message" (contract.md §3.1). It reads the instant first and the end of the log after it, so everything committed by
 * that instant is before that end. The marks are sent once the relay has reached that end, even under constant load.
 */
export class Watermark {
  private lastAsOf: InstantText | undefined;
  private next: { readonly asOf: InstantText; readonly end: LogPlace } | undefined;

  constructor(private readonly setup: WatermarkSetup) {}

  /** The messages to send now, one for each partition; none if it is not time or something is still unsent. */
  async due(
    reached: LogPlace,
    highest: () => Promise<LogPlace | undefined>,
    partitions: () => Promise<number>,
  ): Promise<readonly OutgoingMessage[] | undefined> {
    if (this.next === undefined && this.isTime()) {
      const asOf = this.setup.clock.now();
      this.next = { asOf, end: (await highest()) ?? startOfLog };
    }
    if (this.next === undefined || !covers(reached, this.next.end)) return undefined;
    return this.messages(this.next.asOf, await partitions());
  }

  /** Confirms that they were sent. */
  sent(): void {
    this.lastAsOf = this.next?.asOf;
    this.next = undefined;
  }

  private isTime(): boolean {
    if (this.lastAsOf === undefined) return true;
    const since = Date.parse(this.setup.clock.now()) - Date.parse(this.lastAsOf);
    // The clock was ahead and has been corrected: the last mark is wrong, and the next one is due now.
    return since >= this.setup.options.everyMs || since < 0;
  }

  private messages(asOf: InstantText, partitions: number): readonly OutgoingMessage[] {
    const { options, service, ids } = this.setup;
    const event = options.event(asOf);
    return Array.from({ length: partitions }, (_, partition) => ({
      key: null,
      partition,
      value: JSON.stringify(event),
      headers: {
        [headerNames.contentType]: 'application/json',
        [headerNames.specVersion]: '1.0',
        [headerNames.id]: ids.next(),
        [headerNames.type]: event.type,
        [headerNames.source]: `/${service}`,
        [headerNames.time]: asOf,
        [headerNames.dataSchema]: `urn:schema:${event.type}:${schemaVersionOf(event)}`,
      },
    }));
  }
}
