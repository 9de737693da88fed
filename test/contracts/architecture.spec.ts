import { afterEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { allImportRules, brokenImports, topFolders } from './architecture/cruise.ts';
import { plantedImports, plantedTexts, type Planted } from './architecture/planted.ts';
import { sourceFiles } from './architecture/source-files.ts';
import { textRules } from './architecture/text-rules.ts';
import { plantedWebImports, plantedWebTexts } from './architecture/web-planted.ts';

const root = process.cwd();
const imports = [...plantedImports, ...plantedWebImports];
const texts = [...plantedTexts, ...plantedWebTexts];

describe('The repository is laid out as architecture.md says', () => {
  it('lets a folder import only what its row of the table names, without cycles', async () => {
    expect(await brokenImports(root)).toEqual([]);
  });

  const files = sourceFiles(root, topFolders);
  it.each(textRules)('holds: $name', ({ breaches }) => {
    expect(breaches(files)).toEqual([]);
  });
});

describe('The rules catch what they are there for', () => {
  const checkouts: string[] = [];
  afterEach(() => {
    for (const checkout of checkouts.splice(0)) rmSync(checkout, { recursive: true });
  });

  it.each(imports)('an import that breaks $rule', async (planted) => {
    const checkout = build(planted);
    checkouts.push(checkout);
    expect((await brokenImports(checkout)).map(({ rule }) => rule)).toContain(planted.rule);
  });

  it('and nothing in a checkout in which every folder follows its row', async () => {
    const checkout = build({ rule: 'none', files: cleanCheckout });
    checkouts.push(checkout);
    expect(await brokenImports(checkout)).toEqual([]);
    expect(textRules.flatMap(({ breaches }) => breaches(sourceFiles(checkout, topFolders)))).toEqual([]);
  });

  it.each(texts)('a file that breaks $rule', ({ rule, files }) => {
    const found = textRules.find(({ name }) => name === rule);
    expect(found?.breaches(Object.entries(files).map(([path, text]) => ({ path, text })))).not.toEqual([]);
  });

  it('and no rule is without its planted breach', () => {
    const planted = new Set([...imports, ...texts].map(({ rule }) => rule));
    expect([...allImportRules([]), ...textRules].map(({ name }) => name).filter((name) => !planted.has(name))).toEqual(
      [],
    );
  });
});

const doors = ['access', 'contracts', 'decider', 'events', 'persistence', 'service', 'testing', 'tracking'];

const cleanCheckout: Readonly<Record<string, string>> = {
  'libs/contracts/src/codes/need.ts': "export const needs = ['housing'] as const;\n",
  'libs/contracts/src/index.ts': "export * from './codes/need.ts';\n",
  'libs/decider/src/decide.ts': "import type { needs } from '#contracts';\nexport type Needs = typeof needs;\n",
  'libs/persistence/src/connect.ts': "import 'pg';\nimport 'node:net';\n",
  'libs/events/src/transports/kafka/client.ts': "import 'kafkajs';\nimport '#persistence';\n",
  'apps/referrals/src/task/task.ts': "import { needs } from '#contracts';\nexport const first = needs[0];\n",
  'apps/referrals/src/task/task.service.ts': "import './task.ts';\nimport '#events';\nimport '@nestjs/common';\n",
  'apps/referrals/src/task/task.spec.ts': "import '#testing';\nimport 'fast-check';\n",
  'apps/referrals/src/referrals.module.ts': "import './task/task.service.ts';\n",
  'apps/platform/src/main.ts': "import '../../referrals/src/referrals.module.ts';\nimport '#service';\n",
  'apps/platform/bin/start.mjs': "import 'node:fs';\n",
  'apps/web/vite.config.ts': "import 'vite';\n",
  'apps/web/src/app/routes.ts':
    "import '../screens/inbox/inbox.route.ts';\nexport const inbox = () => import('../screens/inbox/inbox.screen.tsx');\n",
  'apps/web/src/screens/inbox/inbox.route.ts': "import '#contracts/codes/need';\n",
  'apps/web/src/screens/inbox/inbox.screen.tsx':
    "import type { Need } from '#contracts';\nexport const a: Need[] = [];\n",
  'apps/web/src/screens/inbox/inbox.module.css': '.row { margin-inline-start: 4px; }\n',
  ...Object.fromEntries(
    [
      ...doors.map((door) => `libs/${door}`),
      ...['apps/referrals', 'apps/platform', 'apps/web', 'apps/web/src/app', 'apps/web/src/screens'],
    ].map((folder) => [`${folder}/README.md`, '']),
  ),
};

/** A folder with the index files of every lib, this repository's package.json and packages, and the planted files. */
function build({ files }: Planted): string {
  const checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
  cpSync(join(root, 'package.json'), join(checkout, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  const all = { ...Object.fromEntries(doors.map((door) => [`libs/${door}/src/index.ts`, 'export {};\n'])), ...files };
  for (const folder of topFolders) mkdirSync(join(checkout, folder), { recursive: true });
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(checkout, dirname(path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
  }
  return checkout;
}
