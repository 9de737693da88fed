import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopWithParent } from '../setup/orphan.mjs';
import { root } from '../setup/words.mjs';

/**
 * Loaded into the platform by `npm run dev` (`node --import`): compiles a TypeScript file when it is imported, as .swcrc
 * says, and keeps the result by its content. Types are not checked: the editor and `npm test` do that.
 */
const cache = join(root, 'node_modules/.cache/dev');
const settings = readFileSync(join(root, '.swcrc'), 'utf8');
const ours = /^(?:apps|libs)\//;

stopWithParent();
mkdirSync(cache, { recursive: true });
// what V8 compiled at one start is reused at the next
enableCompileCache(join(cache, 'v8'));
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    const path = fileURLToPath(url);
    if (!ours.test(path.slice(root.length))) return nextLoad(url, context);
    return { format: 'module', source: compiled(path), shortCircuit: true };
  },
});

/** One kept file for each source, which ends with the hash of what it was made from. */
function compiled(path) {
  const text = readFileSync(path, 'utf8');
  const mark = `\n// ${hash(`${settings}\0${text}`)}\n`;
  const kept = join(cache, `${hash(path.slice(root.length))}.js`);
  const found = existsSync(kept) ? readFileSync(kept, 'utf8') : '';
  if (found.endsWith(mark)) return found;
  const { code } = swc().transformSync(text, {
    ...JSON.parse(settings),
    swcrc: false,
    filename: path,
    // beside the compiled one, so that the same file serves another checkout
    sourceFileName: basename(path),
  });
  writeFileSync(kept, code + mark);
  return code;
}

function hash(text) {
  return createHash('sha1').update(text).digest('hex');
}

/** Loaded only if a file has changed: loading the compiler takes a tenth of a second. */
function swc() {
  return createRequire(import.meta.url)('@swc/core');
}
