import type { EventEnvelope } from '#contracts';
import type { Tx } from '#persistence';
import type { Ids } from '../clock.ts';
import type { Recording, StoredAnswer } from './recording.ts';

/** The stream is not at the version that the recording was made for: it was not locked first, or the caller guessed. */
export class StaleStream extends Error {}

/** Another command stored an answer under this idempotency key meanwhile: run the whole command again, it will be replayed. */
export class AnsweredMeanwhile extends Error {}

export interface EventLogOptions {
  /** `referrals`: the source of its events is `/referrals`. */
  readonly service: string;
  readonly ids: Ids;
  /** Called after a commit that appended events: wakes the relay. */
  readonly appended?: () => void;
  /** Called after a commit that set timers: wakes the timer worker. */
  readonly scheduled?: () => void;
}

/** The service's event log. It is the outbox. */
export class EventLog {
  constructor(private readonly options: EventLogOptions) {}

  get service(): string {
    return this.options.service;
  }

  async lockStream(_tx: Tx, _key: string): Promise<number> {
    throw new Error('not built yet');
  }

  async streamVersion(_tx: Tx, _key: string): Promise<number> {
    throw new Error('not built yet');
  }

  async storedAnswer(
    _tx: Tx,
    _asked: { readonly personId: string; readonly key: string; readonly requestHash: string },
  ): Promise<StoredAnswer | 'key-reused' | undefined> {
    throw new Error('not built yet');
  }

  async record(_tx: Tx, _recording: Recording): Promise<readonly EventEnvelope[]> {
    throw new Error('not built yet');
  }
}
