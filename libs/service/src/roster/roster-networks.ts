const uuidIn = (field: string): string =>
  `substring(k.value from '"${field}"\\s*:\\s*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')::uuid`;

/**
 * Whose a stream key is, where the service's own rows do not say: a person's, an organization's or a network's own; else
 * what the message itself says, else the organization of whoever acted. In a house of one network everything is its.
 */
export const rosterNetworks: readonly string[] = [
  'select network_id from roster_person where person_id = k.id',
  'select network_id from roster_organization where organization_id = k.id',
  'select network_id from roster_organization where network_id = k.id limit 1',
  `select ${uuidIn('networkId')}`,
  `select network_id from roster_organization where organization_id::text = k.headers ->> 'ce_actororg'`,
  'select min(network_id::text)::uuid from roster_organization having count(distinct network_id) = 1',
];
