import { reportsNothing } from '#tracking';
import { isConcerned, recipientsOf, type Recipient, type Parties, type Addressee } from './addressee.ts';
import type { NotificationRule } from './notification-rule.ts';

/** Who is notified now, each person once, and which addressees have no person yet. */
export interface Audience {
  readonly recipients: readonly Recipient[];
  readonly undelivered: readonly Addressee[];
}

/** The audience of a rule among these people. A person who belongs to two addressees is notified once. */
export function audienceOf(rule: NotificationRule, parties: Parties, people: readonly Recipient[]): Audience {
  const concerned = rule.to.filter(
    (addressee) => isConcerned(addressee, parties) && !isWithheld(addressee, rule, parties),
  );
  const found = concerned.map((addressee) => ({ addressee, recipients: recipientsOf(addressee, parties, people) }));
  const byPerson = new Map(found.flatMap(({ recipients }) => recipients).map((person) => [person.personId, person]));
  return {
    recipients: [...byPerson.values()],
    undelivered: found.filter(({ recipients }) => recipients.length === 0).map(({ addressee }) => addressee),
  };
}

function isWithheld(addressee: Addressee, rule: NotificationRule, parties: Parties): boolean {
  const goesToSender = addressee === 'sender' || addressee === 'sender-and-admins';
  const { task } = parties;
  const isSilent = task === null ? parties.resultIsWithheld === true : reportsNothing(task.returnPath);
  return goesToSender && (isSilent ? rule.reportsBack === true : rule.insteadOfReports === true);
}
