import { readFileSync } from 'node:fs';
import { filesIn } from './texts.ts';

const table = 'apps/referrals/src/domain/task/table/words.ts';

/**
 * The names that the API gives as `guard` in a problem: those of the transition table, and those that services and libs
 * refuse by. They are read from the sources, because a web room imports no service.
 */
export function guardNames(): readonly string[] {
  const [, union = ''] = /export type GuardName =([\s\S]*?);/.exec(readFileSync(table, 'utf8')) ?? [];
  const refusals = [...filesIn('apps'), ...filesIn('libs')]
    .filter((path) => path.endsWith('.ts') && !/\.spec\.ts$|\/testing\/|^apps\/web\//.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .flatMap((text) => [
      ...[...text.matchAll(/\bguard: '(\w+)'/g)].map(([, name]) => name ?? ''),
      ...[...text.matchAll(/\bguardRefused\(\s*[^,()]+,\s*[^,()]+,\s*'(\w+)'/g)].map(([, name]) => name ?? ''),
    ]);
  return [...new Set([...[...union.matchAll(/'(\w+)'/g)].map(([, name]) => name ?? ''), ...refusals])];
}

/** The codes of problems (contract.md §1). */
export function problemCodes(): readonly string[] {
  const problems = filesIn('libs/service/src/problems').filter((path) => !path.endsWith('.spec.ts'));
  const codes = problems.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\bcode: '([a-z-]+)'/g)]);
  return [...new Set(codes.map(([, code]) => code ?? ''))];
}
