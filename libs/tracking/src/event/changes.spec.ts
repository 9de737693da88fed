import { describe, expect, it } from '@jest/globals';
import { TaskDelivered, TaskPicked, type TaskEvent } from '#contracts';
import { changes, isKnownType, isTaskEvent, type Aspect } from './changes.ts';

const ids = {
  referralId: '0190a0c0-0000-7000-8000-000000000001',
  taskId: '0190a0c0-0000-7000-8000-000000000002',
  serviceRequestId: '0190a0c0-0000-7000-8000-000000000003',
};
const aspects: readonly Aspect[] = ['task', 'timers', 'board', 'readers', 'due', 'flags', 'end'];

describe('What an event changes', () => {
  it('is what its line says', () => {
    const picked = aspects.filter((each) => changes(TaskPicked.of(ids), each));
    const delivered = aspects.filter((each) => changes(TaskDelivered.of(ids), each));
    expect({ picked, delivered }).toEqual({ picked: ['task'], delivered: ['timers'] });
  });

  it('is nothing that we know of, where a later version made the event', () => {
    const painted = { ...ids, type: 'referral.task.painted' };
    expect(aspects.filter((each) => changes(painted, each))).toEqual([]);
    expect([isKnownType(painted.type), isKnownType('referral.task.picked'), isTaskEvent(painted)]).toEqual([
      ...[false, true, true],
    ]);
  });

  it('leaves a fold the events that change what it folds, so that one without a case does not compile', () => {
    const changing = (event: TaskEvent): string | null => {
      if (!changes(event, 'readers')) return null;
      // @ts-expect-error whether a Task was picked says nothing of its readers
      return event.type === 'referral.task.picked' ? 'picked' : event.type;
    };
    expect(changing(TaskPicked.of(ids))).toBeNull();
  });
});
