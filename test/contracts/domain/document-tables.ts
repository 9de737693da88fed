import { type TaskState, taskStates, type TimerName, timerNames } from '#contracts';
import { day, hour, isOpen, minute } from '#tracking';

/** One row of domain.md §2.2 for one of its actions, in the words of the code. */
export interface DocumentedMove {
  readonly from: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;
  readonly who: ReadonlySet<string>;
}

export interface DocumentedRow {
  /** By action. */
  readonly moves: ReadonlyMap<string, DocumentedMove>;
  readonly text: string;
}

/** A row of domain.md §2.8. Lengths in milliseconds; null for a length that only the Task's own dates give. */
export interface DocumentedTimer {
  readonly timer: TimerName;
  readonly routine: number | null;
  readonly urgent: number | null;
  /** `<when>: <whom>`, such as `50 %: agency`. */
  readonly schedule: readonly string[];
}

/** The cells of the first table below a heading, without its head. */
function tableBelow(heading: string, text: string): readonly (readonly string[])[] {
  const section = text.split(/^#+ /m).find((each) => each.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`domain.md has no section "${heading}"`);
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** The rows of the table of transitions by their numbers. */
export function documentedRows(text: string): ReadonlyMap<number, DocumentedRow> {
  return new Map(
    tableBelow('2.2 Transitions', text).map(([number = '', from = '', to = '', who = '', then = '']) => {
      const actions = actionsIn(who);
      const moves = actions.map((action) => {
        const move = {
          from: states(partsOf(from, action)),
          to: states(partsOf(to, action)),
          who: relations(partsOf(who, action)),
        };
        return [action, move] as const;
      });
      return [Number(number), { moves: new Map(moves), text: [from, to, who, then].join(' | ') }];
    }),
  );
}

function actionsIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] as string);
}

/** The parts of a cell that are about an action: those that name it at their end, and those that name none. */
function partsOf(cell: string, action: string): string {
  return cell
    .split('; ')
    .filter((part) => actionsIn(part).length === 0 || actionsIn(part).includes(action))
    .map((part) => part.replaceAll(/\(`[^)]*\)/g, ''))
    .join(', ');
}

function states(cell: string): ReadonlySet<string> {
  const groups: Readonly<Record<string, readonly TaskState[]>> = {
    any: taskStates.filter((state) => state !== 'entered-in-error'),
    'any open': taskStates.filter((state) => isOpen({ state })),
  };
  const others = ['unchanged', 'the state before'];
  return new Set(
    cell
      .split(/,| and /)
      .map((each) => each.trim())
      .flatMap(
        (each): readonly string[] =>
          groups[each] ??
          (others.includes(each) ? [each.replaceAll(' ', '-')] : taskStates.filter((state) => state === each)),
      ),
  );
}

function relations(cell: string): ReadonlySet<string> {
  return new Set(cell.split(',').map((each) => each.trim().replaceAll(' ', '-')));
}

/** The rows of the table of timers. */
export function documentedTimers(text: string): readonly DocumentedTimer[] {
  return tableBelow('2.8 Timers', text).map(([name = '', , routine = '', urgent = '', schedule = '']) => {
    const timer = timerNames.find((each) => each === name);
    if (timer === undefined) throw new Error(`domain.md §2.8 names a timer that does not exist: ${name}`);
    return {
      timer,
      routine: lengthOf(routine),
      urgent: lengthOf(urgent),
      schedule: schedule.split(/; |, (?=\d+ %|and the Task)/).reduce<readonly string[]>(withStep, []),
    };
  });
}

const units = { minute, hour, day } as const;

/** `3 days`, `1 day before`; null for what is no length. */
function lengthOf(cell: string): number | null {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?(?: before)?$/.exec(cell) ?? [];
  return count === undefined ? null : Number(count) * units[unit as keyof typeof units];
}

const audiences: Readonly<Record<string, string>> = {
  'the agency': 'agency',
  'its administrators': 'agency-admins',
  'the agency’s administrators': 'agency-admins',
  'the coordinators': 'coordinators',
  'the coordinating body’s administrators': 'coordination-admins',
  'the sender and its administrators': 'sender-and-admins',
  'the sender, its administrators and the coordinators': 'sender-and-admins, coordinators',
  'the Task expires': 'expire',
  'the Task is withdrawn': 'withdraw',
};

/** A step without a mark of its own is at the mark of the one before it; alone it is at the timer's lead. */
function withStep(steps: readonly string[], part: string): readonly string[] {
  const [, mark, what = part] = /^(\d+ %|after \d+ days(?: \(urgent \d+\))?):? (.+)$/.exec(part) ?? [];
  const words = what.replace(/^and /, '').replace(/ \(.*$/, '');
  const when = mark ?? steps.at(-1)?.split(': ')[0] ?? 'lead';
  return [...steps, `${when}: ${audiences[words] ?? words}`];
}
