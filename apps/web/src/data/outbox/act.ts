import type { TaskView } from '#contracts';
import type { BodyOf } from '../../door/http/route.ts';
import type { routes } from '../../door/routes.ts';

type Routes = typeof routes;

/** The routes that an act may call: those with an Idempotency-Key, so that a repeat is harmless. */
export type CommandName = {
  readonly [Name in keyof Routes]: Routes[Name]['marks'] extends { readonly key: true } ? Name : never;
}[keyof Routes];

/** One call of a command as plain values, so that it can be stored and sent later. */
export type Command = {
  readonly [Name in CommandName]: {
    readonly route: Name;
    readonly params: Readonly<Record<string, string>>;
    readonly body: BodyOf<Routes[Name]>;
  };
}[CommandName];

/** What a person saw of a Task when they decided. Only fields that they saw are there. */
export type Seen = Readonly<Partial<Record<(typeof seenFields)[number], string | boolean | null>>>;

const seenFields = ['state', 'subState', 'ownerId', 'dueAt', 'newInformation', 'withdrawalRequestedAt'] as const;

/** State, owner, question and due of a Task or of its row in a list. */
export function seenOf(row: Partial<Pick<TaskView, (typeof seenFields)[number]>>): Seen {
  return Object.fromEntries(seenFields.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
}

/** Whether everything that was seen is still so. */
export function isAsSeen(seen: Seen, now: Seen): boolean {
  return seenFields.every((name) => seen[name] === undefined || seen[name] === now[name]);
}

/** One thing that a person decided to do. It is stored before anything else happens with it. */
export interface Act {
  /** The Idempotency-Key of every attempt. */
  readonly actId: string;
  readonly personId: string;
  /** The tab that sends it, as long as that tab lives. */
  readonly tabId: string;
  /** The id of the Task (or other thing) that it is about: acts on one subject go one after the other. */
  readonly subject: string;
  /** For the words of the row and of the unsent work: `accept`, `decline`, ... */
  readonly action: string;
  readonly command: Command;
  /** The version that the person saw; null for a command without `If-Match`. */
  readonly ifMatch: number | null;
  readonly seen: Seen;
  /** Acts that were decided together and are undone together. */
  readonly groupId: string | null;
  /** When it was decided, by the server's clock. */
  readonly at: string;
  readonly holdMs: number;
}
