import { riverCounty, seedNetworkId, seedOrganizationId, seedPeople, seedSystemClients } from '#contracts';
import type { Actor } from '#access';

/**
 * The actor of a seed person by login, or of a system-client by client id. Throws for an unknown name and lists the known
 * ones.
 */
export function actorOf(login: string): Actor {
  const person = seedPeople.find((each) => each.login === login);
  if (person !== undefined) {
    return {
      personId: person.personId,
      organizationId: seedOrganizationId(person.organizationCode),
      networkId: seedNetworkId(person.organizationCode),
      roles: person.roles,
      scopes: [],
    };
  }
  const client = seedSystemClients.find((each) => each.clientId === login);
  if (client === undefined) {
    const known = [...seedPeople.map((each) => each.login), ...seedSystemClients.map((each) => each.clientId)];
    throw new Error(`nobody is called ${login}; there are ${known.join(', ')}`);
  }
  return {
    personId: client.personId,
    organizationId: seedOrganizationId(client.organizationCode),
    networkId: riverCounty.networkId,
    roles: ['system-client'],
    scopes: client.scopes,
  };
}
