import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../fields.ts';
import { meaningOf, meanings } from './meanings.ts';
import { TaskView } from '../referrals/task.views.ts';

describe('The meanings of fields', () => {
  it('are sentences about existing fields, once for each class', () => {
    expect(new Set(meanings.map(({ of }) => of)).size).toBe(meanings.length);
    for (const { of, fields } of meanings) {
      const names = fieldsOf(of).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(Object.keys(fields)));
      for (const text of Object.values(fields)) expect(text).toMatch(/\S.*\.$/);
    }
  });

  it.each(['round', 'afterAcceptance', 'packetOpenedAt', 'statusFrozen'])('define what %s of a Task means', (field) => {
    expect(meaningOf(TaskView, field)).toEqual(expect.any(String));
  });
});
