import { WholeNumber } from '#service';

export class CoordinationConfig {
  /** The number of streams of changes that one organization may have open in a process. */
  @WholeNumber(10, 100_000) readonly LIVE_STREAMS_PER_ORGANIZATION: number = 500;
}
