/** The rows of one table that a group wrote for a stream. */
export interface ProjectedRows {
  readonly table: string;
  /** The uuid column with the key of the stream that a row came from. It is indexed, because rows are deleted by it. */
  readonly stream: string;
  /** Set if that column is in another table, with which this table shares a column. */
  readonly through?: { readonly table: string; readonly column: string };
}

/** A group whose rows can be rebuilt from the logs. */
export interface Projected {
  readonly group: string;
  /** Set if commands need its rows: the service is ready once the group has read to its end for the first time. */
  readonly neededBeforeReady?: boolean;
  /**
   * The tables that it wrote, in the order in which their rows may be deleted. Empty for a record that only grows:
   * nothing is deleted, and missing rows are added.
   */
  readonly tables: readonly ProjectedRows[];
}
