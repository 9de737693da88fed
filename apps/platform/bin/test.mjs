import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './setup/child.mjs';
import { ready } from './setup/install.mjs';
import { command, root, say, step } from './setup/words.mjs';
import { jest } from './tests/jest.mjs';

const bin = (path) => join(root, 'node_modules', path);
const checks = [
  ['lint', [bin('eslint/bin/eslint.js'), '.']],
  ['types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  ['types of the scripts', [bin('typescript/bin/tsc'), '-p', 'tsconfig.scripts.json']],
  ['types of the web', [bin('typescript/bin/tsc'), '-p', 'apps/web/tsconfig.json']],
  ['formatting', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
];

/** What a suite may need, the variable that forbids to skip it, and the words that its name then has. */
const required = [
  { what: 'Kafka', variable: 'REQUIRE_KAFKA', pattern: /kafka/i },
  { what: 'Chromium', variable: 'REQUIRE_BROWSER', pattern: /chromium/i },
];

async function check(name, args) {
  return step(name, async () => {
    const { code, output } = await run(process.execPath, args, { quiet: true });
    if (code !== 0) console.log(output.trim());
    return code === 0;
  });
}

async function jestWithTotals(args) {
  const folder = mkdtempSync(join(tmpdir(), 'jest-totals-'));
  const file = join(folder, 'totals.json');
  try {
    const { code } = await jest(['--json', `--outputFile=${file}`, ...args]);
    return { code, results: JSON.parse(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function skippedTests(results) {
  return results.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(({ fullName }) => `${fullName} (${name.replace(root, '')})`),
  );
}

/** `npm test [-- <Jest arguments>]`. With arguments the checks before Jest are skipped, because they always cover everything. */
await command(async () => {
  await ready();
  const args = process.argv.slice(2);
  const checked = await Promise.all(
    (args.length === 0 ? checks : []).map(async ([name, call]) => ((await check(name, call)) ? [] : [name])),
  );
  const failed = checked.flat();
  say('tests (jest) ...');
  const { code, results } = await jestWithTotals(args);
  if (results.testResults === undefined) {
    // such as --listTests, which runs none
    process.exitCode = code;
    return;
  }
  const skipped = skippedTests(results);
  for (const name of skipped) say(`skipped: ${name}`);
  for (const { what, variable, pattern } of required) {
    if (process.env[variable] === '1' && skipped.some((name) => pattern.test(name)))
      failed.push(`a suite that needs ${what} was skipped, and ${variable}=1 forbids it`);
  }
  if (failed.length > 0) say(`failed before or beside the tests: ${failed.join(', ')}`);
  process.exitCode = code !== 0 || failed.length > 0 ? 1 : 0;
  // a file that could not be read has no tests to count
  const broken = results.numFailedTests + results.numRuntimeErrorTestSuites;
  console.log(`${results.numPassedTests} passed, ${broken} failed, ${skipped.length} skipped`);
});
