import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { eventFlowDocument } from './diagrams/event-flow.ts';
import { kafkaRightsDocument } from './diagrams/kafka-rights.ts';
import { foldersDocument } from './diagrams/folders.ts';
import { taskStatesDocument } from './diagrams/task-states.ts';

const root = process.cwd();
const update = process.env['UPDATE_RELEASED'] === '1';
const renew = 'run `UPDATE_RELEASED=1 npm test -- diagrams` and commit docs/diagrams';

/** architecture.md §6: diagrams are generated from the code, and a stale one fails. */
const diagrams: Readonly<Record<string, () => string | Promise<string>>> = {
  'task-states.md': taskStatesDocument,
  'event-flow.md': eventFlowDocument,
  'kafka-rights.md': kafkaRightsDocument,
  'folders.md': () => foldersDocument(root),
};

describe('the diagrams', () => {
  it.each(Object.entries(diagrams))('%s matches the current code', async (name, draw) => {
    const file = join(root, 'docs/diagrams', name);
    const text = await format(await draw(), { ...(await resolveConfig(file)), filepath: file });
    if (update) writeFileSync(file, text);
    const stale = !existsSync(file) || readFileSync(file, 'utf8') !== text;
    expect({ stale, renew }).toEqual({ stale: false, renew });
  });

  it('are all generated, and none is left over', () => {
    expect(readdirSync(join(root, 'docs/diagrams')).sort()).toEqual(Object.keys(diagrams).sort());
  });
});
