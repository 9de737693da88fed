import { BodyBudget } from './body-budget.ts';
import { Limits } from './limits.ts';

/** What all services of one process count together, so that to ask another of them gives nobody more. */
export interface Keeper {
  readonly limits: Limits;
  readonly bodies: BodyBudget;
}

export function makeKeeper(requestsPerMinute?: number): Keeper {
  return { limits: new Limits(requestsPerMinute), bodies: new BodyBudget() };
}
