import { describe, expect, it } from '@jest/globals';
import { TaskDelivered, TaskEscalated } from '#contracts';
import { actors, callers, cast, factsAt, specification, histories } from '#decider/testing';
import { senderView } from '#tracking';
import { evolve, type TaskRow } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { taskOf } from '../../testing/task-of.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const policy = defaultPolicy();
const ids = { referralId: cast.referral, taskId: cast.task(1), serviceRequestId: cast.housing };
const { sent } = histories;

const running = (task: TaskRow): readonly string[] => task.timers.map(({ timer }) => timer);

describe('the time to deliver', () => {
  it('deliver-by tells the supervisor only where the news of the sending reached nobody [W11]', () => {
    const due = sent.wait({ days: 1 });
    const command = { type: 'fire-timer' as const, taskId: sent.taskId, timer: 'deliver-by' as const };
    const asked = { ...command, milestone: 'supervisor' as const, caller: callers.timer };
    given(due.events)
      .when(asked, factsAt(due.now, policy, { delivered: false }))
      .then([TaskEscalated.of({ ...ids, timer: 'deliver-by', milestone: 'supervisor' })]);
    given(due.events)
      .when(asked, factsAt(due.now, policy, { delivered: true }))
      .then([TaskDelivered.of(ids)]);
  });

  it('the first delivery ends deliver-by, and a later one says nothing [W11]', () => {
    const command = { type: 'record-delivery' as const, taskId: sent.taskId, caller: callers.system };
    given(sent.events)
      .when(command, factsAt(sent.now, policy, {}))
      .then([TaskDelivered.of(ids)]);
    const delivered = sent.tell(actors.system, TaskDelivered.of(ids));
    expect(running(taskOf(delivered))).toEqual(['acknowledge-by']);
    given(delivered.events)
      .when(command, factsAt(delivered.now, policy, {}))
      .thenNothing();
  });

  it('a sender to whom nothing is reported back sees deliver-by end as well [W11]', () => {
    const silent = histories.draft.sent({ returnPath: 'none' }).tell(actors.system, TaskDelivered.of(ids));
    expect(senderView(taskOf(silent)).timers.map(({ timer }) => timer)).toEqual(['acknowledge-by']);
  });
});
