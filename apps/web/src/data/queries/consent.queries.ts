import type { ConsentRequestView, ConsentView } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import { wholeList, type WholeQuery } from '../reads/whole-list.ts';

export function consentsQuery(data: Data, clientId: string): WholeQuery<ConsentView> {
  return wholeList(data, keys.consents(clientId), routes.consents, { query: { clientId }, subject: clientId });
}

/** Tasks that wait for consent. */
export function consentRequestsQuery(data: Data): WholeQuery<ConsentRequestView> {
  return wholeList(data, keys.consentRequests, routes.consentRequests, { query: { open: true } });
}
