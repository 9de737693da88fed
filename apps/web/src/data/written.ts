import type { TaskView } from '#contracts';
import type { Answer, Problem } from '../door/http/answer.ts';
import { treatmentOf } from '../door/problems.ts';
import type { Data } from './data.ts';
import { keys } from './keys.ts';
import type { LivePages } from './reads/live-pages.ts';
import type { Act } from './outbox/act.ts';

/** What a list shows of a Task, and a command's answer says too. */
const shared = ['state', 'subState', 'waitsFor', 'ownerId', 'dueTimer', 'dueAt', 'dueGroup', 'reviewOn'] as const;

/** Takes the answer of an own act over: the Task's rows say what they are now, and later reads wait for it. */
export function takeAnswer(data: Data, act: Act, answer: Answer<unknown>): void {
  const task = act.command.route === 'actOnTask' ? (answer.value as TaskView) : undefined;
  const subjects = [act.subject, ...(task === undefined ? [] : [task.taskId, task.referralId])];
  data.positions.wrote(subjects, answer.position);
  if (task !== undefined) showTask(data, task, answer as Answer<TaskView>);
  for (const subject of subjects) {
    void data.queryClient.invalidateQueries({
      predicate: ({ queryKey }) => queryKey.includes(subject) && queryKey[0] !== 'packet' && queryKey[0] !== 'task',
    });
  }
}

/** Takes a refusal over: what is gone leaves the cache, and what changed is read again. */
export function takeRefusal({ queryClient }: Pick<Data, 'queryClient'>, act: Act, problem: Problem): void {
  const { row } = treatmentOf(problem);
  if (row === 'keep') return;
  if (row === 'drop') {
    queryClient.removeQueries({ queryKey: keys.packet(act.subject) });
    markLeft(queryClient, act.subject);
    return;
  }
  void queryClient.invalidateQueries({ queryKey: keys.task(act.subject) });
  void queryClient.invalidateQueries({ queryKey: keys.label(act.subject) });
}

function showTask({ queryClient }: Data, task: TaskView, answer: Answer<TaskView>): void {
  const key = keys.task(task.taskId);
  const known = queryClient.getQueryData<Answer<TaskView>>(key);
  if (known === undefined || known.value.version <= task.version) queryClient.setQueryData(key, answer);
  mapRows(queryClient, task.taskId, (listed) => {
    if (listed.row.version > task.version) return listed;
    const said = Object.fromEntries(
      shared.filter((name) => name in listed.row && name in task).map((name) => [name, task[name as keyof TaskView]]),
    );
    return { ...listed, row: { ...listed.row, ...said, version: task.version } };
  });
}

function markLeft(queryClient: Data['queryClient'], taskId: string): void {
  mapRows(queryClient, taskId, (listed) => ({ ...listed, mark: 'left' }));
}

interface TaskRow {
  readonly taskId?: string | null;
  readonly version: number;
}
type Rows = LivePages<TaskRow>;
type Change = (listed: Rows['pages'][number]['items'][number]) => Rows['pages'][number]['items'][number];

/** Rows of the inbox and the board: only these are about one Task. */
function mapRows(queryClient: Data['queryClient'], taskId: string, change: Change): void {
  for (const noun of ['inbox', 'board']) {
    queryClient.setQueriesData<Rows>({ queryKey: [noun] }, (rows) =>
      rows === undefined
        ? rows
        : {
            ...rows,
            pages: rows.pages.map((page) => ({
              ...page,
              items: page.items.map((listed) => (listed.row.taskId === taskId ? change(listed) : listed)),
            })),
          },
    );
  }
}
