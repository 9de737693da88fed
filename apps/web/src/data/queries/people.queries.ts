import type { DemoPersonView, PersonView, PreferencesView } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { one, type OneQuery } from '../reads/one.ts';
import { wholeList, type WholeQuery } from '../reads/whole-list.ts';

const hour = 3_600_000;

export function meQuery(data: Data): OneQuery<PersonView> {
  return { ...one(data, keys.me, routes.me), staleTime: hour };
}

/** The colleagues of the network, for names and owners. */
export function peopleQuery(data: Data): WholeQuery<PersonView> {
  return { ...wholeList(data, keys.people, routes.people), staleTime: hour };
}

/** The people of the demo, before anybody has signed in. */
export function demoPeopleQuery(data: Data): WholeQuery<DemoPersonView> {
  return { ...wholeList(data, ['demo-people'], routes.demoPeople), staleTime: hour };
}

export function preferencesQuery(data: Data): OneQuery<PreferencesView> {
  return one(data, keys.preferences, routes.preferences);
}
