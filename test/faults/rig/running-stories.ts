import type { Deployment } from '../../stories/people.ts';
import { referralTravels } from '../../stories/referral-travels.ts';
import { served } from '../../stories/served.ts';

/** Stories that some people run one after the other, until `goOn` returns false. */
export interface RunningStories {
  readonly people: number;
  /** The number of stories that have ended so far. */
  readonly ended: () => number;
  /** The number of stories, once all have ended; rejects if one failed. */
  readonly end: Promise<number>;
}

/** One of four stories is the long one, through three agencies. */
const storiesToOneLong = 4;

export function runStories(
  deployment: Deployment,
  o: { readonly people: number; readonly goOn: () => boolean },
): RunningStories {
  let ended = 0;
  let begun = 0;
  const run = async (): Promise<void> => {
    do {
      begun += 1;
      await (begun % storiesToOneLong === 0 ? referralTravels(deployment, { patience: 60 }) : served(deployment));
      ended += 1;
    } while (o.goOn());
  };
  return {
    people: o.people,
    ended: () => ended,
    end: Promise.all(Array.from({ length: o.people }, run)).then(() => ended),
  };
}
