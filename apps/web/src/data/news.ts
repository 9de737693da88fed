import type { TaskView } from '#contracts';
import type { Answer } from '../door/http/answer.ts';
import type { Route } from '../door/http/route.ts';
import { routes } from '../door/routes.ts';
import type { Data } from './data.ts';
import type { Change } from './live/follow.ts';
import type { ListRules } from './live/live-list.ts';
import { boardRules } from './queries/board.queries.ts';
import { inboxRules } from './queries/inbox.queries.ts';
import { referralsRules } from './queries/referral.queries.ts';
import { patchPages, readAgain } from './reads/live-pages.ts';

/** A list whose rows follow the live news. */
interface FollowingList {
  readonly noun: string;
  readonly route: Route;
  readonly rules: (filters: object, personId: string) => ListRules<unknown>;
  /** Whether a row of this list may be about the change. */
  readonly isAbout: (row: unknown, change: Change) => boolean;
}

interface Ids {
  readonly taskId?: string | null;
  readonly referralId: string;
}

const lists: readonly FollowingList[] = [
  {
    noun: 'inbox',
    route: routes.inbox,
    rules: (filters, personId) => inboxRules(filters, personId) as ListRules<unknown>,
    isAbout: (row, { taskId }) => (row as Ids).taskId === taskId,
  },
  {
    noun: 'board',
    route: routes.board,
    rules: (filters) => boardRules(filters) as ListRules<unknown>,
    isAbout: (row, { referralId }) => (row as Ids).referralId === referralId,
  },
  {
    noun: 'referrals',
    route: routes.referrals,
    rules: (filters) => referralsRules(filters) as ListRules<unknown>,
    isAbout: (row, { referralId }) => (row as Ids).referralId === referralId,
  },
];

/** Takes live news over: rows change at their places, and what is shown of one thing is read again. */
export function takeNews(data: Data, changes: readonly Change[]): void {
  const { queryClient, outbox } = data;
  for (const { taskId, referralId, version } of changes) {
    if (taskId !== null) outbox.changedByOthers(taskId, version);
    const known = taskId === null ? undefined : queryClient.getQueryData<Answer<TaskView>>(['task', taskId]);
    if (known === undefined || known.value.version < version) {
      void queryClient.invalidateQueries({ queryKey: ['task', taskId] });
    }
    for (const noun of ['referral', 'timeline', 'attachments']) {
      void queryClient.invalidateQueries({ queryKey: [noun, referralId] });
    }
    void queryClient.invalidateQueries({ queryKey: ['messages', taskId] });
    void queryClient.invalidateQueries({ queryKey: ['label', taskId] });
  }
  void queryClient.invalidateQueries({ queryKey: ['notifications'] });
  for (const list of lists) void patchLists(data, list, changes);
}

/** News may be missing: everything that is shown is read again, lists at their places. */
export function takeReset(data: Data): void {
  const listNouns = lists.map(({ noun }) => noun);
  void data.queryClient.invalidateQueries({
    predicate: ({ queryKey }) => !listNouns.includes(String(queryKey[0])) && queryKey[0] !== 'packet',
  });
  for (const list of lists) void patchLists(data, list, null);
}

/** `changes` null: any row may have changed. */
async function patchLists(data: Data, list: FollowingList, changes: readonly Change[] | null): Promise<void> {
  const { queryClient, personId } = data;
  for (const query of queryClient.getQueryCache().findAll({ queryKey: [list.noun], type: 'active' })) {
    const { queryKey } = query;
    const filters = queryKey[1] ?? {};
    try {
      const rows = await readAgain(data, queryKey, list.route, filters);
      const rules = list.rules(filters, personId);
      const asked = rows.filter((row) => changes === null || changes.some((each) => list.isAbout(row, each)));
      // a row that is missing may only have moved to a page that is not shown, so nothing is said to have left
      patchPages(queryClient, queryKey, { askedIds: asked.map(rules.idOf), rows: asked }, rules);
    } catch {
      // the list stays as it is, and the next news or the next reset reads it again
    }
  }
}
