import type { ClientView, DuplicateClient, FoundClient, NewClient, SearchClients } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { one, type OneQuery } from '../reads/one.ts';
import { wholeList, type WholeQuery } from '../reads/whole-list.ts';

export function clientQuery(data: Data, clientId: string): OneQuery<ClientView> {
  return one(data, keys.client(clientId), routes.client, { params: { id: clientId } });
}

/** `entryId`: of the history entry. The words that are searched for stand in no key. */
export function searchClientsQuery(data: Data, entryId: string, asked: SearchClients): WholeQuery<FoundClient> {
  return { ...wholeList(data, keys.search(entryId), routes.searchClients, { body: asked }), gcTime: 0 };
}

/** Who of the own organization may be the same person. */
export function duplicatesQuery(data: Data, entryId: string, asked: NewClient): WholeQuery<DuplicateClient> {
  return { ...wholeList(data, keys.search(`duplicates ${entryId}`), routes.duplicates, { body: asked }), gcTime: 0 };
}
