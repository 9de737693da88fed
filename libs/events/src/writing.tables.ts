/** Tables of the event log, the relay and the timers, in each service's schema. No tenant policy: no client data. */
export const writingTables: readonly string[] = [];
