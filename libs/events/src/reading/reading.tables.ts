/** Tables of the readers, in each service's schema. No tenant policy: no client data travels in events. */
export const readingTables: readonly string[] = [];
