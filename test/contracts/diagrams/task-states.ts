import { taskStates } from '#contracts';
import {
  taskTransitions,
  type TaskTransition,
} from '../../../apps/referrals/src/domain/task/table/task.transitions.ts';
import { codes, document, mermaid, table } from './markdown.ts';

/** A move that is possible from this many states is listed below the picture; otherwise the picture would be unreadable. */
const MANY = 7;

/** The table of a Task's moves, as a picture and as text. */
export function taskStatesDocument(): string {
  const often = oftenFrom(taskTransitions);
  return document(
    'The states of a Task',
    'Drawn from `apps/referrals/src/domain/task/table/task.transitions.ts`, the only place where a move is allowed. Numbers are the rows of ' +
      'the specification. `(sender)` and the like: who may. The state before: where a decline that is returned, or a ' +
      'suspension that ends, leads back to.',
    mermaid(diagram(often)),
    `Possible from many states, and left out of the picture: ${often.map(({ words }) => words).join('; ')}. ` +
      'What leaves the state as it is stands in the table alone.',
    '## Every move',
    table(['#', 'Action', 'From', 'Who', 'Only if', 'Needs', 'Guards', 'Event', 'To'], taskTransitions.map(columns)),
  );
}

interface Often {
  readonly rows: readonly TaskTransition[];
  readonly words: string;
}

function oftenFrom(rows: readonly TaskTransition[]): readonly Often[] {
  return [...Map.groupBy(rows, ({ action, to }) => `\`${action}\` to \`${to}\``)].flatMap(([words, alike]) => {
    const from = new Set(alike.flatMap((row) => row.from));
    return from.size < MANY ? [] : [{ rows: alike, words: `${words} from ${codes(inOrder(from))}` }];
  });
}

function diagram(often: readonly Often[]): readonly string[] {
  const leftOut = new Set(often.flatMap(({ rows }) => rows));
  const drawn = taskTransitions.filter((row) => !leftOut.has(row) && row.to !== 'unchanged');
  const edges = drawn.flatMap((row) => row.from.map((from) => ({ from, row })));
  const arrows = Map.groupBy(edges, ({ from, row }) => `${idOf(from)} --> ${idOf(row.to)}`);
  const ends = taskStates.filter((state) => !drawn.some(({ from }) => from.includes(state)));
  return [
    'stateDiagram-v2',
    ...[...taskStates, 'the-state-before'].map((state) => `  state "${state.replaceAll('-', ' ')}" as ${idOf(state)}`),
    '  [*] --> draft',
    ...[...arrows].map(([arrow, alike]) => `  ${arrow} : ${wordsOf(alike.map(({ row }) => row))}`),
    ...ends.map((state) => `  ${idOf(state)} --> [*]`),
  ];
}

/** Each action with everybody who may take it there. */
function wordsOf(rows: readonly TaskTransition[]): string {
  return [...Map.groupBy(rows, ({ action }) => action)]
    .map(([action, alike]) => `${action} (${[...new Set(alike.flatMap(({ actors }) => actors))].join(', ')})`)
    .join(', ');
}

/** Mermaid allows no hyphen in the id of a state. */
function idOf(state: string): string {
  return state.replaceAll('-', '_');
}

function inOrder(states: ReadonlySet<string>): readonly string[] {
  return taskStates.filter((state) => states.has(state));
}

function columns(row: TaskTransition): readonly string[] {
  const needs = [...row.needs.map((field) => `\`${field}\``), ...row.optional.map((field) => `(\`${field}\`)`)];
  return [
    String(row.number),
    `\`${row.action}\``,
    codes(row.from),
    row.actors.join(', '),
    (row.when ?? []).join(', '),
    needs.join(', '),
    row.guards.join(', '),
    `\`${row.emits}\``,
    row.to === 'unchanged' || row.to === 'the-state-before' ? row.to.replaceAll('-', ' ') : `\`${row.to}\``,
  ];
}
