import type { InboxAsked, InboxRowView } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import type { ListRules } from '../live/live-list.ts';
import { livePages, type LiveQuery } from '../reads/live-pages.ts';

/** The Tasks of the person's agency, most urgent first. */
export function inboxQuery(data: Data, filters: InboxAsked): LiveQuery<InboxRowView> {
  return livePages(data, keys.inbox(filters), routes.inbox, filters);
}

/** How an inbox with these filters sees a row that changed. */
export function inboxRules(filters: InboxAsked, personId: string): ListRules<InboxRowView> {
  return {
    idOf: ({ taskId }) => taskId,
    versionOf: ({ version }) => version,
    belongs: (row) =>
      (filters.group === undefined || row.dueGroup === filters.group) &&
      (filters.state === undefined || [filters.state].flat().some((each) => each === row.state)) &&
      (filters.need === undefined || row.need === filters.need) &&
      (filters.mine !== true || row.ownerId === personId),
    placeOf: ({ dueGroup }) => dueGroup,
  };
}
