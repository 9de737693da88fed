import type { Policy } from '../command/command.ts';

/** The network's decisions where it made none (domain.md §2, contract.md §2.2: a business day is 24 hours). */
export function defaultPolicy(_overrides: Partial<Policy> = {}): Policy {
  throw new Error('not built yet');
}
