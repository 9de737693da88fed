import { contactChannels, holdStates, outcomesOf, type ReasonedAction } from '#contracts';
import type { FieldError } from '#decider';
import type { TaskActionData } from '../command/command.ts';
import type { Field, TaskTransition } from '../task/task.transitions.ts';
import { clockSkew, later } from '../timer/instant.ts';
import type { Asked } from './asked.ts';
import { reasonFaults } from './reason.ts';

const outputsAtMost = 20;

/** Needed fields that are absent, and codes that are not for this move on this Task. */
export function faultsOf(row: TaskTransition, asked: Asked): readonly FieldError[] {
  const faults = faultsOfForm(row, asked);
  return faults.length > 0 ? faults : [...outcomeFaults(row, asked), ...timeFaults(asked)];
}

/** What is wrong with the data whatever the Task is. Texts stand as ids or flags. */
export function faultsOfForm(
  row: TaskTransition,
  { action, data }: Pick<Asked, 'action' | 'data'>,
): readonly FieldError[] {
  const absent = row.needs.filter((field) => !isThere(field, data)).map((field) => missing(field, action));
  if (absent.length > 0) return absent;
  return [...reasoned(row, data), ...progressFaults(action, data), ...holdFaults(data), ...outputFaults(data)];
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

function reasoned(row: TaskTransition, { reason, hasNote = false }: TaskActionData): readonly FieldError[] {
  if (reason === undefined || !row.needs.includes('reason')) return [];
  return reasonFaults(row.action as ReasonedAction, { reason, hasNote });
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

/** What a need can come to is listed per need: nobody is housed by a job. */
function outcomeFaults(row: TaskTransition, { data: { outcome }, need }: Asked): readonly FieldError[] {
  if (outcome === undefined || !row.needs.includes('outcome')) return [];
  const allowed = outcomesOf(need.need);
  if (allowed.includes(outcome)) return [];
  return [{ field: 'outcome', message: `${outcome} is no outcome of ${need.need}`, allowed }];
}

/**
 * What is told of has happened: not before there was a referral, an attempt to reach the client not before the agency
 * took the Task on, nothing in the future. Only an appointment may lie ahead.
 */
function timeFaults({ action, data, task, referral, facts: { now } }: Asked): readonly FieldError[] {
  const { kind, at } = data;
  if (action !== 'progress' || kind === undefined || at === undefined) return [];
  const from = kind === 'contact-attempted' ? (task.acceptedAt ?? now) : referral.createdAt;
  const until = kind === 'appointment-booked' ? null : now;
  if (at < later(from, -clockSkew)) {
    const since = kind === 'contact-attempted' ? 'the Task was accepted' : 'the referral was made';
    return [{ field: 'at', message: `${kind} cannot lie before ${since}`, allowed: [`from ${from}`] }];
  }
  if (until === null || at <= later(until, clockSkew)) return [];
  return [{ field: 'at', message: `${kind} cannot lie in the future`, allowed: [`from ${from} to ${until}`] }];
}

function outputFaults({ outputs }: TaskActionData): readonly FieldError[] {
  if (outputs === undefined || (outputs.length >= 1 && outputs.length <= outputsAtMost)) return [];
  return [{ field: 'outputs', message: `outputs must have 1 to ${outputsAtMost}` }];
}
