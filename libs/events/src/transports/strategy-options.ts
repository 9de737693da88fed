import type { UnitOfWork } from '#persistence';
import type { Clock, Ids } from '../clock.ts';
import type { Pace } from '../lanes/pace.ts';
import type { ParkedNotice } from '../parking/parking.ts';
import type { Projected } from '../rebuild/projected.ts';
import type { LogSource } from '../rebuild/streams.ts';
import type { Inbox } from '../inbox/inbox.ts';

export interface StrategyOptions {
  readonly service: string;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** Makes parkedIds; the system's unless told. */
  readonly ids?: Ids;
  /** Learns at the start who reads whom, for {@link Inbox.reached}. */
  readonly inbox?: Inbox;
  readonly onParked?: (parked: ParkedNotice) => void;
  /** How many transactions of readers run at once in this service, over all its groups. 4 unless told. */
  readonly parallel?: number;
  /** Which groups can be made anew, and where the logs are read for it. */
  readonly rebuild?: { readonly projected: readonly Projected[]; readonly source: LogSource };
  /**
   * Told in words of what does not work and is tried again. Nest's own logger is one for all applications of a process:
   * it would name the service that started last.
   */
  readonly onTrouble?: (words: string) => void;
  /** How retries wait; tests bring their own. */
  readonly pace?: Pace;
}

/** How far a group is in one partition. Offsets are decimal texts. */
export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** The next offset that the group will read. */
  readonly next: string;
  /** The next offset that the partition will give. */
  readonly end: string;
  readonly lag: number;
}

/** What a group reads, by the services that publish it. */
export interface Followed {
  readonly sources: readonly string[];
  /** Topics whose marks it hears: each partition gets one. */
  readonly marked: readonly string[];
}

/** Whether a strategy does its work, and if not who is missing and why, in words for the readiness answer. */
export interface StrategyReadiness {
  readonly ready: boolean;
  readonly detail: string;
}
