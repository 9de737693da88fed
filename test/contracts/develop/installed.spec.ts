import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyOfTheTree, type Copy } from '../../copy.ts';

/** What every command does first. Packages are never installed through a link: npm would empty the folder behind it. */
describe('a command in a copy of the tree whose node_modules is a link', () => {
  let copy: Copy;
  beforeEach(() => {
    copy = copyOfTheTree();
  });
  afterEach(() => copy.remove());

  it('uses the packages, even if the lock file is younger than they are', () => {
    const later = new Date(Date.now() + 86_400_000);
    utimesSync(join(copy.root, 'package-lock.json'), later, later);

    const answer = command(copy.root);

    expect(answer.text).toBe('ready');
    expect(answer.code).toBe(0);
  });

  it('refuses to install, says what to do and leaves the packages alone if the lock file names others', () => {
    const lockFile = join(copy.root, 'package-lock.json');
    writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/"integrity": "sha512-./, '"integrity": "sha512-!'));

    const answer = command(copy.root);

    expect(answer.text).toContain('Run npm ci in the folder that it leads to');
    expect(answer.code).not.toBe(0);
    expect(existsSync(join(process.cwd(), 'node_modules/jest/package.json'))).toBe(true);
  });
});

function command(root: string): { readonly code: number | null; readonly text: string } {
  const script = `
    import { ready } from './apps/platform/bin/setup/install.mjs';
    try { await ready(); process.stdout.write('ready'); }
    catch (error) { process.stdout.write(error.message); process.exit(1); }`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: status, text: stdout };
}
