import { cast } from '#decider/testing';
import type { Caller, TaskActionData } from '../referral.ts';
import type { TaskTransition } from '../task/table/task.transitions.ts';

type Action = TaskTransition['action'];

const at = '2026-03-02T09:00:00.000Z';

/** Complete data for a move of a Task, so that no guard over data refuses it. */
export function dataFor(action: Action, { personId }: Pick<Caller, 'personId'>): TaskActionData {
  const ownerId = personId ?? cast.ines;
  const data: Partial<Record<Action, TaskActionData>> = {
    ask: { messageId: cast.message(7) },
    reply: { messageId: cast.message(8) },
    accept: { ownerId },
    assign: { ownerId },
    decline: { reason: 'no-capacity' },
    'return-decline': { hasNote: true },
    redirect: { reason: 'no-capacity', healthcareServiceId: cast.openDoorHomes },
    progress: { kind: 'interim', at },
    hold: { subState: 'waitlisted', reviewOn: '2026-04-02T09:00:00.000Z' },
    complete: { outcome: 'housed', outputs: [{ kind: 'placement', at }] },
    'not-complete': { reason: 'not-eligible' },
    withdraw: { reason: 'client-declined' },
    reopen: { reason: 'other', hasNote: true },
    'mark-error': { reason: 'sent-in-error' },
  };
  return data[action] ?? {};
}
