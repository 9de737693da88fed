import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, resolveConfig } from 'prettier';
import { copyOfTheTree, type Copy } from '../copy.ts';
import { apply, stepsOf, type Step } from './guide/steps.ts';
import { Newcomer } from './readme/newcomer.ts';

const steps = stepsOf('docs/add-an-event-type.md');

/** The guide "add an event type", followed exactly in a copy of the tree. */
describe('the guide to a new event type', () => {
  const copies: Copy[] = [];
  afterEach(() => {
    for (const copy of copies.splice(0)) copy.remove();
  });

  function begin(): { readonly root: string; readonly run: Newcomer['run'] } {
    const copy = copyOfTheTree();
    copies.push(copy);
    const somebody = new Newcomer(copy.root, 0);
    // uses the PostgreSQL of this run
    const database = { TEST_DATABASE_URL: process.env['TEST_DATABASE_URL'] };
    return { root: copy.root, run: (command) => somebody.run(command, '.', database) };
  }
  const edit = (root: string, some: readonly Step[]): void => {
    for (const each of some.flatMap(({ edits }) => edits)) apply(root, each);
  };

  it('leads to a repository that holds, step by step', async () => {
    const { root, run } = begin();
    for (const step of steps) {
      edit(root, [step]);
      for (const command of step.commands) {
        const { status, words } = await run(command);
        // what the command said, if it failed
        expect([step.name, command, status === 0 ? '' : words]).toEqual([step.name, command, '']);
        if (command.startsWith('npm test')) expect(words).toMatch(/[1-9]\d* passed, 0 failed, 0 skipped/);
      }
    }
    for (const file of new Set(steps.flatMap(({ edits }) => edits.map((each) => each.file)))) {
      const path = join(root, file);
      const formatted = await check(readFileSync(path, 'utf8'), {
        ...(await resolveConfig('package.json')),
        filepath: path,
      });
      expect([file, formatted]).toEqual([file, true]);
    }
  }, 180_000);

  const complaints = steps.flatMap((step) => step.leftOut.map((each) => ({ ...each, step, name: step.name })));

  it('says of at least three steps what happens without them', () => {
    expect(complaints.length).toBeGreaterThanOrEqual(3);
  });

  it.each(complaints)(
    'without "$name" $command says so',
    async ({ step, command, says }) => {
      const { root, run } = begin();
      edit(
        root,
        steps.filter((each) => each !== step),
      );
      const { status, words } = await run(command);
      expect([status === 0, words]).toEqual([false, expect.stringContaining(says)]);
    },
    90_000,
  );
});
