import { BodyBudget } from './body-budget.ts';
import { Limits } from './limits.ts';

/** The counts that all services of one process share, so that nobody gains by calling another service. */
export interface Keeper {
  readonly limits: Limits;
  readonly bodies: BodyBudget;
}

export function makeKeeper(requestsPerMinute?: number): Keeper {
  return { limits: new Limits(requestsPerMinute), bodies: new BodyBudget() };
}
