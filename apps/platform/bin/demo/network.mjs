import { CommandError } from '../setup/words.mjs';
import { Person } from './person.mjs';

/** The people of the story, by their names in it. */
const CAST = {
  dana: 'dana.planner',
  olga: 'olga.privacy',
  ines: 'ines.harbor',
  ivan: 'ivan.opendoor',
  iris: 'iris.lakeside',
  ilse: 'ilse.workbridge',
  cora: 'cora.coordinator',
};

/** Reads the people and services from the running platform: no id is fixed. */
export async function meetNetwork(address) {
  const answer = await fetch(`${address}/api/identity/demo-people`);
  if (!answer.ok)
    throw new CommandError(
      `The platform at ${address} is not in demo mode (${answer.status}): the story needs its demo people.`,
    );
  const found = /** @type {any} */ (await answer.json());
  const demoPeople = found.items ?? found;
  const dana = new Person(address, { ...personIn(demoPeople, CAST.dana), organizationName: '' });
  const organizations = (await dana.get('/api/directory/organizations?limit=100')).items;
  const services = (await dana.get('/api/directory/healthcare-services?limit=100')).items;
  const areas = (await dana.get('/api/directory/areas')).items;
  const nameOf = (id) => organizations.find(({ organizationId }) => organizationId === id)?.name ?? 'nobody';
  const people = Object.fromEntries(
    Object.entries(CAST).map(([name, login]) => {
      const person = personIn(demoPeople, login);
      return [name, new Person(address, { ...person, organizationName: nameOf(person.organizationId) })];
    }),
  );
  return {
    people,
    nameOf,
    organization: (code) => byCode(organizations, code).organizationId,
    service: (code) => byCode(services, code).healthcareServiceId,
    area: (code) => byCode(areas, code).areaId,
  };
}

function personIn(people, login) {
  const found = people.find((person) => person.login === login);
  if (found === undefined) throw new CommandError(`There is no demo person ${login} on this platform.`);
  return found;
}

function byCode(list, code) {
  const found = list.find((each) => each.code === code);
  if (found === undefined) throw new CommandError(`There is no ${code} on this platform.`);
  return found;
}
