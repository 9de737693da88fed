import { reportsNothing } from '#tracking';
import { isConcerned, listenersOf, type Listener, type Parties, type Party } from './party.ts';
import type { Telling } from './telling.ts';

/** Who hears now, each once, and which parties nobody answers for yet. */
export interface Audience {
  readonly listeners: readonly Listener[];
  readonly unheard: readonly Party[];
}

/** The audience of a telling among the people we know. A person of two parties hears once. */
export function audienceOf(telling: Telling, parties: Parties, people: readonly Listener[]): Audience {
  const concerned = telling.to.filter((party) => isConcerned(party, parties) && !isWithheld(party, telling, parties));
  const heard = concerned.map((party) => ({ party, listeners: listenersOf(party, parties, people) }));
  const byPerson = new Map(heard.flatMap(({ listeners }) => listeners).map((person) => [person.personId, person]));
  return {
    listeners: [...byPerson.values()],
    unheard: heard.filter(({ listeners }) => listeners.length === 0).map(({ party }) => party),
  };
}

function isWithheld(party: Party, telling: Telling, parties: Parties): boolean {
  const isSender = party === 'sender' || party === 'sender-and-admins';
  const { task } = parties;
  const isSilent = task === null ? parties.reportsNothing === true : reportsNothing(task.returnPath);
  return isSender && telling.reportsBack === true && isSilent;
}
