import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlreadyRunning, takeDataFolder } from './data-folder.ts';
import { Undo } from './undo.ts';

describe('a data folder', () => {
  const made: string[] = [];
  const fresh = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
    made.push(folder);
    return folder;
  };
  const leave = (folder: string, pid: number, address: string | null): void =>
    writeFileSync(join(folder, 'running.json'), JSON.stringify({ pid, address }));
  afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

  it('is free again once its process has left', () => {
    const folder = fresh();
    const first = takeDataFolder(folder);
    first.announce('http://localhost:3000');
    first.leave();
    takeDataFolder(folder).leave();
  });

  it('belongs to one process at a time: a second one gets the address of the first', () => {
    const folder = fresh();
    leave(folder, process.ppid, 'http://localhost:3000');
    expect(() => takeDataFolder(folder)).toThrow(AlreadyRunning);
    expect(() => takeDataFolder(folder)).toThrow('already running at http://localhost:3000');
    leave(folder, process.ppid, null);
    expect(() => takeDataFolder(folder)).toThrow('Another start in this folder is under way');
  });

  it('is taken over from a dead process, and from a half-written note', () => {
    const folder = fresh();
    leave(folder, 2 ** 22 - 3, 'http://localhost:3000');
    takeDataFolder(folder).leave();
    writeFileSync(join(folder, 'running.json'), '{"pi');
    takeDataFolder(folder).leave();
  });
});

describe('what was opened', () => {
  it('is closed in reverse order, once, and past a step that fails', async () => {
    const closed: string[] = [];
    const undo = new Undo();
    undo.add('database', () => closed.push('database'));
    undo.add('transport', () => Promise.reject(new Error('away')));
    undo.add('services', () => closed.push('services'));
    expect(await Promise.all([undo.close(), undo.close()])).toEqual([['transport: away'], ['transport: away']]);
    expect(closed).toEqual(['services', 'database']);
  });
});
