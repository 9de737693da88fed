import { contactChannels, holdStates, outcomesOf, type InstantText, type ReasonedAction } from '#contracts';
import type { FieldError } from '#decider';
import type { TaskActionData } from '../../../model/command.ts';
import type { Field, TaskTransition } from '../../table/task.transitions.ts';
import type { TransitionRequest } from '../transition-request.ts';
import { reasonFaults } from '../reason.ts';
import { futureFaults, pastFaults } from './time.ts';

const outputsAtMost = 20;

/** What a row says of the data. */
type Form = Pick<TaskTransition, 'action' | 'needs'>;

/** Needed fields that are absent, and codes and instants that are not for this move on this Task. */
export function faultsOf(row: Form, request: TransitionRequest): readonly FieldError[] {
  const { data, task, referral, facts } = request;
  const faults = faultsOfForm(row, request, facts.now);
  return faults.length > 0 ? faults : [...outcomeFaults(row, request), ...pastFaults(data, task, referral)];
}

/** What is wrong with the data whatever the Task is. Texts stand as ids or flags. */
export function faultsOfForm(
  row: Form,
  { action, data }: Pick<TransitionRequest, 'action' | 'data'>,
  now: InstantText,
): readonly FieldError[] {
  const absent = row.needs.filter((field) => !isThere(field, data)).map((field) => missing(field, action));
  if (absent.length > 0) return absent;
  return [
    ...[...reasoned(row, data), ...progressFaults(action, data), ...holdFaults(data), ...outputFaults(data)],
    ...futureFaults(data, now),
  ];
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

function reasoned(row: Form, { reason, hasNote = false }: TaskActionData): readonly FieldError[] {
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

/** Only the platform suspends for consent. */
function holdFaults({ subState }: TaskActionData): readonly FieldError[] {
  if (subState !== 'consent-suspended') return [];
  const allowed = holdStates.filter((each) => each !== 'consent-suspended');
  return [{ field: 'subState', message: 'an agency does not suspend for consent', allowed }];
}

/** What a need can come to is listed per need: nobody is housed by a job. */
function outcomeFaults(row: Form, { data: { outcome }, need }: TransitionRequest): readonly FieldError[] {
  if (outcome === undefined || !row.needs.includes('outcome')) return [];
  const allowed = outcomesOf(need.need);
  if (allowed.includes(outcome)) return [];
  return [{ field: 'outcome', message: `${outcome} is no outcome of ${need.need}`, allowed }];
}

function outputFaults({ outputs }: TaskActionData): readonly FieldError[] {
  if (outputs === undefined || (outputs.length >= 1 && outputs.length <= outputsAtMost)) return [];
  return [{ field: 'outputs', message: `outputs must have 1 to ${outputsAtMost}` }];
}
