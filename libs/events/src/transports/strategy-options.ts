import type { UnitOfWork } from '#persistence';
import type { Clock, Ids } from '../clock.ts';
import type { RetryClock } from '../lanes/retry-clock.ts';
import type { ParkedNotice } from '../parking/parking.ts';
import type { Projected } from '../rebuild/projected.ts';
import type { LogSource } from '../rebuild/streams.ts';
import type { Inbox } from '../inbox/inbox.ts';

export interface StrategyOptions {
  readonly service: string;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** Makes parkedIds; by default the system's. */
  readonly ids?: Ids;
  /** Receives at the start which groups read which services, for {@link Inbox.reached}. */
  readonly inbox?: Inbox;
  readonly onParked?: (parked: ParkedNotice) => void;
  /** How many reader transactions run in parallel in this service, over all its groups. 4 by default. */
  readonly parallel?: number;
  /** The groups that can be rebuilt, and where their logs are read. */
  readonly rebuild?: { readonly projected: readonly Projected[]; readonly source: LogSource };
  /**
   * Called with a sentence about something that fails and is tried again. Nest's own logger is shared by all applications
   * of a process, so it would name the service that started last.
   */
  readonly onTrouble?: (words: string) => void;
  /** How retries wait; tests bring their own. */
  readonly retryClock?: RetryClock;
}

/** How far a group is in one partition. Offsets are decimal texts. */
export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** The next offset that the group will read. */
  readonly next: string;
  /** The next offset that the partition will assign. */
  readonly end: string;
  readonly lag: number;
}

/** What a group reads, by the services that publish it. */
export interface Followed {
  readonly sources: readonly string[];
  /** Topics whose marks it receives: each partition gets one. */
  readonly marked: readonly string[];
}

/** Tells whether a strategy works; if not, what is missing and why, for the readiness answer. */
export interface StrategyReadiness {
  readonly ready: boolean;
  readonly detail: string;
}
