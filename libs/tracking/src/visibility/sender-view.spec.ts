import { describe, expect, it } from '@jest/globals';
import { returnPaths, taskStates, type ReturnPath, type TaskState } from '#contracts';
import type { RunningTimer, Timers } from '../timer/running-timer.ts';
import { agenciesOf } from './agencies.ts';
import { isEndAlwaysReported } from './return-path.ts';
import { frozenViewAfter, isWithheld, resultForSender, senderView, type TaskWithSenderView } from './sender-view.ts';

const at = '2026-11-24T08:00:00.000Z';
const timer = (name: RunningTimer['timer']): RunningTimer => ({
  ...{ timer: name, startedAt: at, dueAt: at, pausedAt: null, pausedBy: null },
});

interface View {
  readonly state: TaskState;
  readonly timers: Timers;
}
interface Task extends TaskWithSenderView<View>, View {
  readonly state: TaskState;
}

const task = (state: TaskState, over: Partial<Task> = {}): Task => ({
  ...{ state, returnPath: 'none', sentAt: at, frozen: null, timers: [timer('deliver-by'), timer('respond-by')] },
  ...over,
});
const viewOf = ({ state, timers }: Task): View => ({ state, timers });

/** contract.md §4.6, typed again by hand. */
const toldAnyway: readonly TaskState[] = ['declined', 'redirected', 'withdrawn', 'expired', 'entered-in-error'];

describe('What a return path withholds from the sender', () => {
  it.each(taskStates)('of a Task that is %s', (state) => {
    const withheld = (returnPath: ReturnPath): boolean => isWithheld({ state, returnPath, sentAt: at });
    const isSilent = !toldAnyway.includes(state);
    expect(returnPaths.map((path) => [path, withheld(path)])).toEqual(
      returnPaths.map((path) => [path, path === 'none' && isSilent]),
    );
    expect(isWithheld({ state, returnPath: 'none', sentAt: null })).toBe(false);
  });

  it('is by event what it is by state', () => {
    const ends = ['declined', 'redirected', 'withdrawn', 'expired', 'marked-in-error', 'completed', 'not-completed'];
    const reported = ends.filter((end) => isEndAlwaysReported({ type: `referral.task.${end}` }));
    expect(reported).toEqual(['declined', 'redirected', 'withdrawn', 'expired', 'marked-in-error']);
  });
});

describe('The frozen view of a Task', () => {
  const sentView = viewOf(task('sent'));

  it('is the Task as it was sent, or as it was before consent was narrowed', () => {
    const [draft, sent, received] = [task('draft', { sentAt: null }), task('sent'), task('received')];
    expect(frozenViewAfter(draft, sent, 'referral.task.sent', viewOf)).toEqual(sentView);
    expect(frozenViewAfter(sent, received, 'referral.task.return-path-changed', viewOf)).toEqual(sentView);
  });

  it('stays as it is, except for a delivery, until something may be reported again', () => {
    const before = task('received', { frozen: sentView });
    const accepted = task('accepted', { frozen: sentView });
    expect(frozenViewAfter(before, accepted, 'referral.task.accepted', viewOf)).toBe(sentView);
    expect(frozenViewAfter(before, before, 'referral.task.delivered', viewOf)).toEqual({
      ...sentView,
      timers: [timer('respond-by')],
    });
    const reported = { ...before, returnPath: 'status' } as const;
    expect(frozenViewAfter(before, reported, 'referral.task.return-path-changed', viewOf)).toBeNull();
    expect(frozenViewAfter(before, task('declined'), 'referral.task.declined', viewOf)).toBeNull();
  });

  it('is what the sender sees of it, and keeps its need in play unless a person settled that', () => {
    const frozen = task('completed', { frozen: sentView });
    expect(senderView(frozen)).toMatchObject(sentView);
    expect(senderView(task('completed'))).toEqual(task('completed'));
    expect(resultForSender({ result: 'met', settledByHand: false }, [frozen])).toBe('in-play');
    expect(resultForSender({ result: 'unmet', settledByHand: true }, [frozen])).toBe('unmet');
    expect(resultForSender({ result: 'met', settledByHand: false }, [task('completed')])).toBe('met');
  });
});

describe('The agencies of a Task', () => {
  const pool = { assignment: 'pool', recipientOrganizationId: null, eligibleOrganizationIds: ['one', 'two'] } as const;

  it('are its recipient from the sending on', () => {
    const directed = { ...pool, assignment: 'directed', recipientOrganizationId: 'one' } as const;
    expect(agenciesOf({ ...directed, state: 'draft', sentAt: null })).toEqual([]);
    expect(taskStates.map((state) => agenciesOf({ ...directed, state, sentAt: at }))).toEqual(
      taskStates.map(() => ['one']),
    );
  });

  it('are who may claim it while it is sent and nobody’s', () => {
    const seeing = taskStates.filter((state) => agenciesOf({ ...pool, state, sentAt: at }).length > 0);
    expect(seeing).toEqual(['sent']);
    expect(agenciesOf({ ...pool, state: 'sent', sentAt: at })).toEqual(['one', 'two']);
  });
});
