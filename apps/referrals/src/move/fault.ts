import { contactChannels, holdStates, reasonOf, reasonsFor, type ReasonedAction } from '#contracts';
import type { FieldError } from '#decider';
import type { TaskActionData } from '../command/command.ts';
import type { Field, TaskTransition } from '../task/task.transitions.ts';
import type { Asked } from './asked.ts';

const outputsAtMost = 20;

/** Needed fields that are absent, and codes that are not for this move. Texts stand as ids or flags. */
export function faultsOf(row: TaskTransition, { action, data }: Pick<Asked, 'action' | 'data'>): readonly FieldError[] {
  const absent = row.needs.filter((field) => !isThere(field, data)).map((field) => missing(field, action));
  if (absent.length > 0) return absent;
  return [...reasonFaults(row, data), ...progressFaults(action, data), ...holdFaults(data), ...outputFaults(data)];
}

function isThere(field: Field, data: TaskActionData): boolean {
  switch (field) {
    case 'question':
    case 'reply':
      return data.messageId !== undefined;
    case 'note':
      return data.hasNote === true;
    case 'details':
      return true;
    default:
      return data[field] !== undefined;
  }
}

function missing(field: Field, action: string): FieldError {
  return { field, message: `${field} is needed to ${action}` };
}

/** The ends that an agency gives: a coded reason, and words where the code says nothing (domain.md row 7). */
const needsWords: readonly string[] = ['decline', 'redirect', 'not-complete'];

function reasonFaults(row: TaskTransition, { reason, hasNote }: TaskActionData): readonly FieldError[] {
  if (reason === undefined || !row.needs.includes('reason')) return [];
  const allowed = reasonsFor(row.action as ReasonedAction);
  if (!allowed.includes(reason)) {
    return [{ field: 'reason', message: `${reason} is no reason to ${row.action}`, allowed }];
  }
  const silent = reasonOf(reason).needsText && needsWords.includes(row.action) && hasNote !== true;
  return silent ? [{ field: 'note', message: `${reason} needs a note that says why`, allowed: ['a text'] }] : [];
}

function progressFaults(action: string, { kind, channel, reached }: TaskActionData): readonly FieldError[] {
  if (action !== 'progress' || kind !== 'contact-attempted') return [];
  return [
    ...(channel === undefined
      ? [{ field: 'channel', message: 'channel is needed for a contact attempt', allowed: contactChannels }]
      : []),
    ...(reached === undefined
      ? [{ field: 'reached', message: 'reached is needed for a contact attempt', allowed: ['true', 'false'] }]
      : []),
  ];
}

/** Only the house suspends for consent. */
function holdFaults({ subState }: TaskActionData): readonly FieldError[] {
  if (subState !== 'consent-suspended') return [];
  const allowed = holdStates.filter((each) => each !== 'consent-suspended');
  return [{ field: 'subState', message: 'an agency does not suspend for consent', allowed }];
}

function outputFaults({ outputs }: TaskActionData): readonly FieldError[] {
  if (outputs === undefined || (outputs.length >= 1 && outputs.length <= outputsAtMost)) return [];
  return [{ field: 'outputs', message: `outputs must have 1 to ${outputsAtMost}` }];
}
