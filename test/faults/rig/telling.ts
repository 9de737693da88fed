import type { Deployment } from '../../stories/people.ts';
import { referralTravels } from '../../stories/referral-travels.ts';
import { served } from '../../stories/served.ts';

/** Stories that some people run one after the other, until `goOn` returns false. */
export interface Telling {
  readonly people: number;
  /** How many have ended so far. */
  readonly told: () => number;
  /** How many ended, once all have; throws if one failed. */
  readonly end: Promise<number>;
}

/** One of four stories is the long one, through three agencies. */
const storiesToOneLong = 4;

export function tellStories(
  deployment: Deployment,
  o: { readonly people: number; readonly goOn: () => boolean },
): Telling {
  let told = 0;
  let begun = 0;
  const tell = async (): Promise<void> => {
    do {
      begun += 1;
      await (begun % storiesToOneLong === 0 ? referralTravels(deployment, { patience: 60 }) : served(deployment));
      told += 1;
    } while (o.goOn());
  };
  return {
    people: o.people,
    told: () => told,
    end: Promise.all(Array.from({ length: o.people }, tell)).then(() => told),
  };
}
