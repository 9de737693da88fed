import { reasonOf, type ProgressKind, type ReasonCode, type TaskState } from '#contracts';
import { assertNever } from '#decider';
import type { StateBefore, TaskRow } from '../domain/model/state.ts';

/** Task.status of Gravity's value set: FHIR's `received` and `ready` are not in it, so this type cannot express them. */
export type FhirTaskStatus =
  | ('draft' | 'requested' | 'accepted' | 'rejected' | 'in-progress')
  | ('on-hold' | 'completed' | 'cancelled' | 'failed' | 'entered-in-error');

/** 360X messages by their profile (IHE PCC); `receipt` and `note` as in domain.md. */
export type X360Message =
  | ('PCC-55' | 'PCC-55 receipt' | 'note' | 'PCC-56 IP' | 'PCC-56 CA')
  | ('PCC-57' | 'PCC-58' | 'PCC-59' | 'PCC-60' | 'PCC-61');

/** BSeR task business status (HL7 BSeR, TaskBusinessStatusCS). */
export type BserStatus = '2.0' | '3.0' | '4.0' | '5.1.1' | '5.1.2' | '5.1.4' | '5.2' | '6.0' | '7.0';

/** HUD 4.20 coordinated entry event: a row, its referral result (1 successful, 2 client, 3 provider), or the row is deleted. */
export type Hud420 = 'event-row' | 'row-deleted' | 1 | 2 | 3;

export interface Projection {
  readonly status: FhirTaskStatus;
  readonly businessStatus: 'received' | null;
  readonly statusReason: ReasonCode | null;
  /** Whether any other system may be shown this Task. */
  readonly leavesThePlatform: boolean;
  readonly x360: X360Message | null;
  readonly bser: BserStatus | null;
  readonly hud: Hud420 | null;
}

interface Line {
  readonly status:
    FhirTaskStatus | { readonly before: FhirTaskStatus | 'unchanged'; readonly after: FhirTaskStatus | 'unchanged' };
  readonly businessStatus?: 'received';
  readonly x360: X360Message | 'by-progress' | null;
  readonly bser: BserStatus | 'by-progress' | null;
  readonly hud: Hud420 | 'by-reason' | 'if-the-client' | null;
}

/** Domain.md §2, the Task's states: one line for each state, `before` and `after` acceptance if they differ. */
export const fhirLines: Readonly<Record<TaskState, Line>> = {
  draft: { status: 'draft', x360: null, bser: null, hud: null },
  'awaiting-consent': { status: 'draft', x360: null, bser: null, hud: null },
  sent: { status: 'requested', x360: 'PCC-55', bser: '2.0', hud: 'event-row' },
  received: { status: 'requested', businessStatus: 'received', x360: 'PCC-55 receipt', bser: '2.0', hud: null },
  'info-requested': { status: 'requested', businessStatus: 'received', x360: 'note', bser: null, hud: null },
  accepted: { status: 'accepted', x360: 'PCC-56 IP', bser: '3.0', hud: null },
  'in-progress': { status: 'in-progress', x360: 'by-progress', bser: 'by-progress', hud: null },
  'on-hold': { status: { before: 'unchanged', after: 'on-hold' }, x360: null, bser: null, hud: null },
  'decline-review': { status: { before: 'unchanged', after: 'unchanged' }, x360: null, bser: null, hud: null },
  declined: { status: { before: 'rejected', after: 'cancelled' }, x360: 'PCC-56 CA', bser: '4.0', hud: 'by-reason' },
  redirected: { status: { before: 'rejected', after: 'cancelled' }, x360: 'PCC-56 CA', bser: '4.0', hud: 3 },
  withdrawn: { status: 'cancelled', x360: 'PCC-58', bser: '6.0', hud: 'if-the-client' },
  expired: { status: 'cancelled', x360: 'PCC-58', bser: '6.0', hud: 3 },
  completed: { status: 'completed', x360: 'PCC-57', bser: '7.0', hud: 1 },
  'not-completed': { status: 'failed', x360: 'PCC-57', bser: '6.0', hud: 'by-reason' },
  'entered-in-error': { status: 'entered-in-error', x360: 'PCC-58', bser: null, hud: 'row-deleted' },
};

/** PCC-59 interim note, PCC-60 appointment, PCC-61 no-show; BSeR 5.1.x the same three. */
const byProgress: Readonly<Record<ProgressKind, { readonly x360: X360Message; readonly bser: BserStatus }>> = {
  'contact-attempted': { x360: 'PCC-59', bser: '5.1.4' },
  'appointment-booked': { x360: 'PCC-60', bser: '5.1.1' },
  'no-show': { x360: 'PCC-61', bser: '5.1.2' },
  interim: { x360: 'PCC-59', bser: '5.1.4' },
  enrolled: { x360: 'PCC-59', bser: '5.1.4' },
};

/** Every other vocabulary is a projection of our state; nothing is ever read back from one. */
export function projectTask(task: TaskRow): Projection {
  const line = fhirLines[task.state];
  return {
    status: statusOf(task, task.state, task.stateBefore),
    businessStatus: line.businessStatus ?? null,
    statusReason: task.reason,
    leavesThePlatform: task.state !== 'awaiting-consent',
    x360: line.x360 === 'by-progress' ? byProgress[progressOf(task)].x360 : line.x360,
    bser: bserOf(task, line),
    hud: hudOf(task, line),
  };
}

function statusOf(task: TaskRow, state: TaskState, before: StateBefore | null): FhirTaskStatus {
  const { status } = fhirLines[state];
  if (typeof status === 'string') return status;
  const chosen = task.acceptedAt === null ? status.before : status.after;
  if (chosen !== 'unchanged') return chosen;
  if (before === null) throw new Error(`${state} has no state before it`);
  return statusOf(task, before.state, before.before);
}

function progressOf({ subState }: TaskRow): ProgressKind {
  return subState !== null && subState in byProgress ? (subState as ProgressKind) : 'interim';
}

/** 5.2 "cancellation requested" holds until the agency answers the request. */
function bserOf(task: TaskRow, line: Line): BserStatus | null {
  if (task.withdrawalRequestedAt !== null && task.endedAt === null) return '5.2';
  return line.bser === 'by-progress' ? byProgress[progressOf(task)].bser : line.bser;
}

function hudOf({ reason, endedBy }: TaskRow, { hud }: Line): Hud420 | null {
  switch (hud) {
    case 'by-reason':
      return resultOf(reason);
    case 'if-the-client':
      return endedBy === 'client' || resultOf(reason) === 2 ? 2 : null;
    case null:
    case 'event-row':
    case 'row-deleted':
    case 1:
    case 2:
    case 3:
      return hud;
    default:
      return assertNever(hud);
  }
}

function resultOf(reason: ReasonCode | null): 2 | 3 {
  return reason === null ? 3 : reasonOf(reason).hudResult;
}
