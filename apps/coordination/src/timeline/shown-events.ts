/** Events that say nothing to a person: they change rows, or are in the ledger. */
const notShown: ReadonlySet<string> = new Set([
  'referral.client.contact-changed',
  'referral.access.granted',
  'referral.access.ended',
  'referral.task.return-path-changed',
  'referral.task.timer-moved',
  'referral.task.pool-changed',
]);

/** Tells whether a timeline shows events of this type; the latest event of a row is one of these too. */
export function isShown(type: string): boolean {
  return !notShown.has(type);
}
