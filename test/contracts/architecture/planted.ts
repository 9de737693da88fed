/** One breach of each rule, as files of a small checkout: the rules must report each by name. */
export interface Planted {
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}

const imports = (what: string): string => `import '${what}';\n`;

export const plantedImports: readonly Planted[] = [
  { rule: 'contracts-stand-alone', files: { 'libs/contracts/src/need.ts': imports('@nestjs/common') } },
  { rule: 'codes-import-nothing', files: { 'libs/contracts/src/codes/need.ts': imports('class-validator') } },
  { rule: 'decider-is-pure', files: { 'libs/decider/src/table.ts': imports('node:fs') } },
  { rule: 'decider-takes-types-only', files: { 'libs/decider/src/table.ts': imports('#contracts') } },
  { rule: 'decider-kit-is-small', files: { 'libs/decider/src/testing/given.ts': imports('#persistence') } },
  { rule: 'tracking-is-pure', files: { 'libs/tracking/src/due.ts': imports('#decider') } },
  {
    rule: 'pure-files-stay-in-their-service',
    files: { 'apps/referrals/src/task/task.ts': imports('#events') },
  },
  {
    rule: 'domain-stands-alone',
    files: {
      'apps/referrals/src/domain/task/task.ts': imports('../../client/label.ts'),
      'apps/referrals/src/client/label.ts': '',
    },
  },
  {
    rule: 'pure-files-reach-nothing-impure',
    files: {
      'apps/referrals/src/task/task.transitions.ts': imports('./deadline.ts'),
      'apps/referrals/src/task/deadline.ts': imports('typeorm'),
    },
  },
  { rule: 'persistence-knows-tables-only', files: { 'libs/persistence/src/unit.ts': imports('#contracts') } },
  { rule: 'persistence-speaks-no-http', files: { 'libs/persistence/src/unit.ts': imports('node:http') } },
  { rule: 'events-stand-on-persistence', files: { 'libs/events/src/relay.ts': imports('#access') } },
  { rule: 'kafkajs-behind-one-folder', files: { 'libs/events/src/relay.ts': imports('kafkajs') } },
  { rule: 'access-imports-below', files: { 'libs/access/src/gate.ts': imports('#service') } },
  { rule: 'service-imports-below', files: { 'libs/service/src/serve.ts': imports('#testing') } },
  {
    rule: 'libs-know-no-app',
    files: {
      'libs/testing/src/deployment.ts': imports('../../../apps/consent/src/consent.module.ts'),
      'apps/consent/src/consent.module.ts': '',
    },
  },
  { rule: 'testing-only-in-tests', files: { 'apps/consent/src/consent.service.ts': imports('#testing') } },
  {
    rule: 'apps-know-no-other-app',
    files: {
      'apps/consent/src/consent/consent.ts': "import type { Task } from '../../../referrals/src/task/task.ts';\n",
      'apps/referrals/src/task/task.ts': 'export interface Task { readonly id: string }\n',
    },
  },
  { rule: 'platform-has-no-logic', files: { 'apps/platform/src/main.ts': imports('#persistence') } },
  { rule: 'scripts-need-nothing-installed', files: { 'apps/platform/bin/start.mjs': imports('pino') } },
  { rule: 'web-sees-codes-and-types', files: { 'apps/web/src/inbox.ts': imports('#contracts') } },
  { rule: 'web-sees-no-server', files: { 'apps/web/src/inbox.ts': "import type { A } from '#access';\n" } },
  {
    rule: 'libs-are-entered-by-their-door',
    files: {
      'apps/consent/src/consent.service.ts': imports('../../../libs/events/src/relay.ts'),
      'libs/events/src/relay.ts': '',
    },
  },
  {
    rule: 'libs-enter-each-other-by-the-door',
    files: {
      'libs/service/src/act.ts': imports('../../events/src/relay.ts'),
      'libs/events/src/relay.ts': '',
    },
  },
  {
    rule: 'no-cycles',
    files: {
      'apps/consent/src/consent/a.ts': "import type { B } from './b.ts';\nexport interface A { readonly b: B }\n",
      'apps/consent/src/consent/b.ts': "import type { A } from './a.ts';\nexport interface B { readonly a: A }\n",
    },
  },
  { rule: 'imports-resolve', files: { 'apps/consent/src/main.ts': imports('./consent.modul.ts') } },
  { rule: 'packages-are-declared', files: { 'apps/consent/src/main.ts': imports('acorn') } },
  { rule: 'shipped-code-needs-no-tools', files: { 'apps/consent/src/main.ts': imports('fast-check') } },
];

export const plantedTexts: readonly Planted[] = [
  { rule: 'names-say-the-noun-and-the-role', files: { 'apps/consent/src/consent/ConsentThing.ts': '' } },
  { rule: 'names-say-the-noun-and-the-role', files: { 'apps/consent/src/consent/consent.stuff.ts': '' } },
  { rule: 'no-empty-words', files: { 'apps/consent/src/utils/date.ts': '' } },
  { rule: 'no-empty-words', files: { 'apps/consent/src/consent/consent-helpers.ts': '' } },
  { rule: 'retired-words-stay-away', files: { 'apps/notifications/src/dispatch/telling.service.ts': '' } },
  { rule: 'retired-words-stay-away', files: { 'apps/consent/src/consent/consent.ts': 'export const told = 1;\n' } },
  { rule: 'retired-words-stay-away', files: { 'libs/events/src/signal.ts': 'export class Bell {}\n' } },
  { rule: 'retired-words-stay-away', files: { 'libs/events/src/relay.ts': '// The house restarts it.\n' } },
  { rule: 'retired-words-stay-away', files: { 'apps/consent/README.md': 'Rows are made anew.\n' } },
  { rule: 'index-is-a-public-door', files: { 'apps/consent/src/index.ts': '' } },
  { rule: 'files-of-at-most-300-lines', files: { 'apps/consent/src/long.ts': 'x\n'.repeat(301) } },
  {
    rule: 'folders-of-at-most-12-files',
    files: Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`apps/consent/src/consent/part-${i}.ts`, ''])),
  },
  { rule: 'every-app-and-lib-has-a-short-readme', files: { 'apps/consent/src/main.ts': '' } },
  {
    rule: 'every-app-and-lib-has-a-short-readme',
    files: { 'apps/consent/src/main.ts': '', 'apps/consent/README.md': 'line\n'.repeat(41) },
  },
  {
    rule: 'rules-ask-neither-clock-nor-chance',
    files: { 'apps/consent/src/consent/consent.ts': 'export const at = Date.now();\n' },
  },
  { rule: 'rules-ask-neither-clock-nor-chance', files: { 'libs/decider/src/id.ts': 'Math.random();\n' } },
  { rule: 'rules-ask-neither-clock-nor-chance', files: { 'libs/tracking/src/due.ts': 'Date.now();\n' } },
  {
    rule: 'specs-that-open-a-database-say-so',
    files: { 'apps/consent/src/consent/consent.spec.ts': "import { testDatabase } from '#testing';\n" },
  },
  {
    rule: 'machinery-names-no-event',
    files: { 'libs/events/src/relay.ts': "import { TaskAccepted, type EventClass } from '#contracts';\n" },
  },
];
