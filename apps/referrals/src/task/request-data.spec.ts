import { describe, expect, it } from '@jest/globals';
import { fieldsOf, taskActions, taskCommands, type FieldSpec, type TaskAction } from '#contracts';
import { idOf } from '#decider/testing';
import { dataOf } from './request-data.ts';

const words = 'Tess Moran, 1 Mill Lane';
const id = idOf('b', 1);

/** A value that shows where it came from: texts hold a name, every other field its own kind. */
function valueOf({ kind, codes = [], list, nested }: FieldSpec): unknown {
  const one = {
    ...{ id, code: codes[0], instant: '2026-03-02T09:00:00.000Z', day: '2026-03-02', count: 1, flag: true },
    ...{ text: words, digest: words, signature: words, nested: nested === undefined ? {} : filled(nested()) },
  }[kind];
  return list ? [one] : one;
}

function filled(body: Parameters<typeof fieldsOf>[0]): Record<string, unknown> {
  return Object.fromEntries(fieldsOf(body).map((field) => [field.name, valueOf(field)]));
}

const fromAll = (action: TaskAction): object => dataOf(action, filled(taskCommands[action]), id);

/** contract.md §2.2: the fields of each body that enter the domain, as a second, independent copy; of other bodies none. */
const passes: Readonly<Partial<Record<TaskAction, readonly string[]>>> = {
  ask: ['messageId'],
  reply: ['messageId'],
  accept: ['ownerId', 'expectedBy'],
  decline: ['reason', 'hasNote'],
  'return-decline': ['hasNote'],
  redirect: ['healthcareServiceId', 'reason', 'hasNote'],
  progress: ['kind', 'at', 'channel', 'reached', 'hasNote'],
  hold: ['subState', 'reviewOn', 'hasNote'],
  resume: ['hasNote'],
  complete: ['outcome', 'outputs', 'hasNote'],
  'not-complete': ['reason', 'hasNote'],
  withdraw: ['reason', 'hasNote'],
  assign: ['ownerId'],
  reopen: ['reason', 'healthcareServiceId', 'hasNote'],
  'mark-error': ['reason', 'hasNote'],
};

describe('the part of a request that enters the domain', () => {
  it.each(taskActions)('is for %s the listed fields, and no text', (action) => {
    const data = fromAll(action);
    expect(Object.keys(data).toSorted()).toEqual([...(passes[action] ?? [])].toSorted());
    expect(JSON.stringify(data)).not.toContain(words);
  });

  it('is of an output its kind and instant', () => {
    const output = { kind: 'placement', at: '2026-03-02T09:00:00.000Z' };
    const body = { outcome: 'housed', outputs: [{ ...output, of: words }] };
    expect(dataOf('complete', body)).toEqual({ outcome: 'housed', outputs: [output], hasNote: false });
  });

  it('is never a field that no row of the action names, nor a blank note', () => {
    expect(dataOf('acknowledge', { diagnosis: words, reason: 'other' })).toEqual({});
    expect(dataOf('resume', { note: ' - ' })).toEqual({ hasNote: false });
  });
});
