import { Text } from './fields.ts';

/** What every list takes in its query (contract.md §1): where to go on, and how many, 1 to 100. */
export class ListAsked {
  @Text({ optional: true, maxLength: 1000 }) readonly cursor?: string;
  @Text({ optional: true, maxLength: 3 }) readonly limit?: string;
}

/** A list that is marked ⧗: it may be told to wait for a Position. */
export class FreshListAsked extends ListAsked {
  @Text({ optional: true, maxLength: 1000 }) readonly after?: string;
}
