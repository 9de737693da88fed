import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendFileSync, existsSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfTheTree, type Copy } from '../../copy.ts';
import { Newcomer, type Running } from '../readme/newcomer.ts';

const up = /up after [\d.]+ s at (http:\S+);/g;

/** docs/develop.md §1 and §5. The tests build on each other in order. */
describe('npm run dev', () => {
  let clone: Copy;
  let developer: Newcomer;
  let platform: Running;

  beforeAll(() => {
    clone = copyOfTheTree();
    developer = new Newcomer(clone.root, 10_000 + Math.floor(Math.random() * 20_000));
    platform = developer.start('npm run dev -- --inspect=0');
  });
  afterAll(async () => {
    await platform.ctrlC();
    clone.remove();
  });

  /** Everything printed, once it has come up that often. */
  const upTimes = (count: number): Promise<string> =>
    platform.prints(new RegExp(Array(count).fill(up.source).join('[^]*')), 120);

  it('starts the platform from its sources, with the inspector and data of its own', async () => {
    const words = await upTimes(1);
    expect(words).toContain('Debugger listening on ws://127.0.0.1');
    const [, address] = [...words.matchAll(up)][0] ?? [];
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    expect([existsSync(join(clone.root, '.data-dev')), existsSync(join(clone.root, '.data'))]).toEqual([true, false]);
    expect(existsSync(join(clone.root, 'dist'))).toBe(false);
  }, 150_000);

  const page = 'apps/platform/src/pages/docs-page.ts';

  it('starts it again at the same address when a source is saved', async () => {
    const [, before] = [...(await upTimes(1)).matchAll(up)][0] ?? [];
    const source = join(clone.root, page);
    writeFileSync(source, readFileSync(source, 'utf8').replace(/<title>[^<]*</, '<title>Another title<'));
    const words = await upTimes(2);
    expect(words).toContain(`${page} saved`);
    const [, address] = [...words.matchAll(up)][1] ?? [];
    expect(address).toBe(before);
    expect(await (await fetch(`${address}/docs`)).text()).toContain('<title>Another title<');
  }, 150_000);

  it('waits for the next save when a source cannot be compiled', async () => {
    const source = join(clone.root, page);
    const text = readFileSync(source, 'utf8');
    appendFileSync(source, 'const = ;\n');
    await platform.prints(/it did not start/, 120);
    writeFileSync(source, text);
    await upTimes(3);
  }, 150_000);

  it('has a prompt that reads as a person sees it, and never writes', async () => {
    const at = (input: string): Promise<{ readonly words: string }> =>
      developer.run(`echo "${input}" | npm run repl`, '.', { DATA_DIR: '.data-dev' });
    const areas = await at("as('dana.planner').then((dana) => dana.get('/api/directory/areas')).then(console.log)");
    expect(areas.words).toContain('River County');
    const clients = await at("rows('ines.harbor', 'referrals', 'select count(*) from client').then(console.log)");
    expect(clients.words).toContain("[ { count: '0' } ]");
    const deletion = await at("rows('dana.planner', 'directory', 'delete from area').catch(console.log)");
    expect(deletion.words).toContain('cannot execute DELETE in a read-only transaction');
  }, 150_000);

  it('leaves nothing running after Ctrl-C', async () => {
    await platform.ctrlC();
    expect(developer.running()).toEqual([]);
  }, 60_000);
});
