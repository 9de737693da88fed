import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { importRules } from './import-rules.ts';
import { sourceFiles } from './source-files.ts';

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export const rooms = ['apps', 'libs', 'test'] as const;

/** Every import under `baseDir` that breaks a row of architecture.md §3. */
export async function brokenImports(baseDir: string): Promise<readonly Violation[]> {
  const files = sourceFiles(baseDir, rooms).map(({ path }) => path);
  const forbidden = importRules(files).map((rule): IForbiddenRuleType => ({ ...rule, severity: 'error' }));
  const { output } = await cruise(
    [...rooms],
    {
      baseDir,
      ruleSet: { forbidden },
      validate: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '^dist/' },
      tsPreCompilationDeps: true,
      combinedDependencies: false,
    },
    {
      conditionNames: ['source', 'node', 'import', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  );
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}
