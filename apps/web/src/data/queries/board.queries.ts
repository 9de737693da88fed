import type { BoardAsked, BoardRowView } from '#contracts';
import { routes } from '../../door/routes.ts';
import type { Data } from '../data.ts';
import { keys } from '../keys.ts';
import type { ListRules } from '../live/live-list.ts';
import { livePages, type LiveQuery } from '../reads/live-pages.ts';

/** The needs that the person coordinates, or has sent; late first. */
export function boardQuery(data: Data, filters: BoardAsked): LiveQuery<BoardRowView> {
  return livePages(data, keys.board(filters), routes.board, filters);
}

/** How a board with these filters sees a row that changed. */
export function boardRules(filters: BoardAsked): ListRules<BoardRowView> {
  return {
    idOf: ({ serviceRequestId }) => serviceRequestId,
    versionOf: ({ version }) => version,
    belongs: (row) =>
      (filters.need === undefined || row.need === filters.need) &&
      (filters.state === undefined || [filters.state].flat().some((each) => each === row.state)) &&
      (filters.dueGroup === undefined || row.dueGroup === filters.dueGroup) &&
      (filters.organizationId === undefined ||
        [row.senderOrganizationId, row.recipientOrganizationId].includes(filters.organizationId)),
    placeOf: ({ state, dueGroup }) => `${state ?? 'none'} ${dueGroup}`,
  };
}
