import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * What types and prettier cannot hold: promises nobody waits for, `any`, unclosed switches, default exports, functions
 * that take or nest too much (architecture.md §7, §8). Who may import whom is held by test/contracts/architecture.spec.ts.
 * Inline switches are off: an exception is made here, with its reason, or not at all.
 */
const tests = ['**/*.spec.ts', 'test/**/*.ts', 'libs/testing/**/*.ts', 'libs/decider/src/testing/**/*.ts'];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Name what you export: a name can be searched for.',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a string union over an `as const` list.' };
const noSkippedTest = {
  selector:
    'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(only|skip|todo|failing)$/], CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
  message:
    'A skipped test is no test. A suite that needs a missing resource is chosen by name: `(kafka ? describe : describe.skip)(...)`.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      '.data/**',
      '.data-dev/**',
      '.cache/**',
      'libs/contracts/released/**',
      'coverage/**',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './apps/web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // Leaves files with decorators alone where metadata is emitted: Nest needs constructor types as values.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/max-params': ['error', { max: 5 }],
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, noSkippedTest],
      'no-console': 'error',
      'max-depth': ['error', 3],
      complexity: ['error', 20],
      eqeqeq: 'error',
      'no-implicit-coercion': 'error',
      'no-param-reassign': 'error',
      'prefer-const': 'error',
      'no-else-return': 'error',
    },
  },
  {
    // A fold has one arm for each kind of fact; splitting the switch would hide that it is complete.
    files: ['**/*.fold.ts', '**/*.fhir.ts'],
    rules: { complexity: 'off' },
  },
  {
    // Rows of data spelled through one short function: a table, not logic.
    files: ['libs/contracts/src/seed/*.ts'],
    rules: { '@typescript-eslint/max-params': 'off' },
  },
  {
    files: tests,
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    // Types of Node are there for the specs and for Vite; the browser has none of it.
    files: ['apps/web/src/**/*.ts', 'apps/web/src/**/*.tsx'],
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'global', 'require', 'setImmediate', '__dirname'],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '#contracts',
              allowTypeImports: true,
              message: 'As values it brings the validators, 111 KB: import type, or a code list of #contracts/codes/*.',
            },
          ],
        },
      ],
    },
  },
  {
    // Vite reads its settings from the default export.
    files: ['**/vite.config.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum] },
  },
  {
    // Runs in the browser as it is, before the application.
    files: ['apps/web/public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly' } },
  },
  {
    // Scripts that run before anything is installed: plain Node, no types, and the terminal is their screen.
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'fetch',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'Buffer',
          'AbortController',
          'AbortSignal',
          'performance',
          'TextDecoder',
          'TextEncoder',
          'setImmediate',
          'queueMicrotask',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
