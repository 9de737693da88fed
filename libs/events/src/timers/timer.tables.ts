/**
 * Changes to the table `timer` after the services' first migrations: `place` orders timers that are due immediately and
 * tells one setting from the next, `pause_ms` limits a pause to its length, and a claim is no longer a column.
 */
export const timersAtOnce: readonly string[] = [
  'alter table timer add column place bigserial not null',
  'alter table timer add column pause_ms int',
  'drop index timer_claimed',
  'alter table timer drop column claimed_until',
  'create index timer_paused on timer (next_at) where parked_at is null and pause_ms is not null',
  // Only a timer that is due immediately names its cause.
  `update timer set due_at = '-infinity', next_at = '-infinity' where parked_at is null and payload ? 'cause'`,
];
