import { reportsNothing } from '#tracking';
import { isConcerned, recipientsOf, type Recipient, type Parties, type Addressee } from './addressee.ts';
import type { NotificationRule } from './notification-rule.ts';

/** Who hears now, each once, and which addressees nobody answers for yet. */
export interface Audience {
  readonly recipients: readonly Recipient[];
  readonly undelivered: readonly Addressee[];
}

/** The audience of a rule among the people we know. A person of two addressees hears once. */
export function audienceOf(rule: NotificationRule, parties: Parties, people: readonly Recipient[]): Audience {
  const concerned = rule.to.filter(
    (addressee) => isConcerned(addressee, parties) && !isWithheld(addressee, rule, parties),
  );
  const heard = concerned.map((addressee) => ({ addressee, recipients: recipientsOf(addressee, parties, people) }));
  const byPerson = new Map(heard.flatMap(({ recipients }) => recipients).map((person) => [person.personId, person]));
  return {
    recipients: [...byPerson.values()],
    undelivered: heard.filter(({ recipients }) => recipients.length === 0).map(({ addressee }) => addressee),
  };
}

function isWithheld(addressee: Addressee, rule: NotificationRule, parties: Parties): boolean {
  const isSender = addressee === 'sender' || addressee === 'sender-and-admins';
  const { task } = parties;
  const isSilent = task === null ? parties.reportsNothing === true : reportsNothing(task.returnPath);
  return isSender && rule.reportsBack === true && isSilent;
}
