/** Rows of one table that a group wrote of a stream. */
export interface ProjectedRows {
  readonly table: string;
  /** The uuid column that holds the key of the stream which a row was made of. Indexed: it is how rows are forgotten. */
  readonly stream: string;
  /** Set where that column stands in another table, with which this one shares a column. */
  readonly through?: { readonly table: string; readonly column: string };
}

/** A group whose rows can be made anew from the logs. */
export interface Projected {
  readonly group: string;
  /** Set where commands need its rows: the service is ready once the group has been read to its end for the first time. */
  readonly neededBeforeReady?: boolean;
  /**
   * What it wrote, in the order in which it may be forgotten. Empty for a record that only grows: nothing is forgotten
   * and what is missing is added.
   */
  readonly tables: readonly ProjectedRows[];
}
