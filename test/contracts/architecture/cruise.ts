import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { importRules, type ImportRule } from './import-rules.ts';
import { sourceFiles } from './source-files.ts';
import { webImportRules } from './web-import-rules.ts';

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export const topFolders = ['apps', 'libs', 'test'] as const;

/** The rows of architecture.md §3, of the server and of the web. */
export function allImportRules(files: readonly string[]): readonly ImportRule[] {
  return [...importRules(files), ...webImportRules];
}

/** Every import under `baseDir` that breaks a row of architecture.md §3. */
export async function brokenImports(baseDir: string): Promise<readonly Violation[]> {
  const files = sourceFiles(baseDir, topFolders).map(({ path }) => path);
  const { summary } = await cruised(baseDir, allImportRules(files));
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

export interface Import {
  /** Paths from `baseDir`. */
  readonly from: string;
  readonly to: string;
}

/** Every import of one of our files by another, types included. */
export async function importsBetweenFiles(baseDir: string): Promise<readonly Import[]> {
  const { modules } = await cruised(baseDir, []);
  return modules
    .flatMap(({ source, dependencies }) => dependencies.map(({ resolved }) => ({ from: source, to: resolved })))
    .filter(({ to }) => topFolders.some((folder) => to.startsWith(`${folder}/`)));
}

async function cruised(baseDir: string, rules: readonly ImportRule[]): Promise<ICruiseResult> {
  const forbidden = rules.map((rule): IForbiddenRuleType => ({ ...rule, severity: 'error' }));
  const { output } = await cruise(
    [...topFolders],
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
      conditionNames: ['repo-source', 'node', 'import', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  );
  return output as ICruiseResult;
}
