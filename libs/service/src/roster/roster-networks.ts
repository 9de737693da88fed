const uuidIn = (field: string): string =>
  `substring(k.value from '"${field}"\\s*:\\s*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')::uuid`;

/**
 * The network of a stream key, if the service's own rows do not name it: of a person, an organization or a network
 * itself; otherwise what the message says, otherwise the organization of the actor. With a single network, everything
 * belongs to it.
 */
export const rosterNetworks: readonly string[] = [
  'select network_id from roster_person where person_id = k.id',
  'select network_id from roster_organization where organization_id = k.id',
  'select network_id from roster_organization where network_id = k.id limit 1',
  `select ${uuidIn('networkId')}`,
  `select network_id from roster_organization where organization_id::text = k.headers ->> 'ce_actororg'`,
  'select min(network_id::text)::uuid from roster_organization having count(distinct network_id) = 1',
];
