import { describe, expect, it } from '@jest/globals';
import { categories, Code, Id, Nested, type Category, type TaskId } from '#contracts';
import { payloadOf } from './payload.ts';

class Place {
  @Id() readonly areaId!: string;
}

class Looking {
  @Id() readonly taskId!: TaskId;
  @Code(categories, { list: true, optional: true }) readonly categories?: readonly Category[];
  @Nested(() => Place, { optional: true }) readonly place?: Place;
}

const taskId = '0190a0c0-0000-7000-8000-000000000002';
const read = (payload: Readonly<Record<string, unknown>>): Looking => payloadOf(Looking, { kind: 'look', payload });

describe('the payload of a timer', () => {
  it('is read as the class of its kind, without what is not its own', () => {
    expect({ ...read({ taskId, categories: ['core-contact'], cause: { correlationId: taskId } }) }).toEqual({
      ...{ taskId, categories: ['core-contact'] },
    });
    expect({ ...read({ taskId, categories: null }) }).toEqual({ taskId });
    expect({ ...read({ taskId, place: { areaId: taskId, name: 'x' } }).place }).toEqual({ areaId: taskId });
  });

  it.each([
    [{}, 'taskId must be a lower-case UUID'],
    [{ taskId: 7 }, 'taskId must be a lower-case UUID'],
    [{ taskId, categories: ['shoe-size'] }, 'categories must be one of'],
    [{ taskId, place: taskId }, 'place must be an object'],
  ])('%j is refused with what is wrong', (payload, says) => {
    expect(() => read(payload)).toThrow(`its fields are not those of the timer look: ${says}`);
  });
});
