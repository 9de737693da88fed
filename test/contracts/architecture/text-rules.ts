import { isPure } from './import-rules.ts';
import { retiredWordsStayAway } from './retired-words.ts';
import type { SourceFile } from './source-files.ts';
import type { TextRule } from './text-rule.ts';
import { webTextRules } from './web-text-rules.ts';

/** Role suffixes of architecture.md §7, those of contracts, of a service's shell, and of the web. */
const roles = [
  'transitions|fold|rows|service|queries|controller|handlers|projection|process|fhir|module',
  'events|commands|views',
  'entity|config|migration|seed|facts',
  'screen|route|search|words',
].join('|');
const word = '[a-z0-9]+(?:-[a-z0-9]+)*';
const nameInApps = new RegExp(`^${word}(?:(?:\\.(?:${roles}))?|(?:\\.${word}){0,2}\\.spec)\\.(?:ts|tsx|mjs)$`);
/** In a lib the second word is free, but there must be only one. */
const nameElsewhere = new RegExp(`^${word}(?:\\.${word}){0,3}\\.(?:ts|tsx|mjs)$`);
const emptyWords = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'shared',
  'base',
  'manager',
  'processor',
  'misc',
]);
const doors = /^libs\/[^/]+\/src\/index\.ts$|^libs\/decider\/src\/testing\/index\.ts$/;

const fullFolders: Readonly<Record<string, string>> = {
  'libs/contracts/src/codes': 'one code list a file, so that the browser takes only those it shows',
};

const pureLib = /^libs\/(?:decider|tracking)\/src\//;

const clockOrChance =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\brandomUUID\b|\bperformance\.now\b|\bset(?:Timeout|Interval|Immediate)\b|\bprocess\./;

/** Names of the test tools that need PostgreSQL or a broker. */
const opensAServer =
  /^(?:testCluster|freshDatabase|testDatabase|provisionForTests|databaseWith|ownPostgres|seedBench|testService|testKafka|ownKafka|securedKafka)$/;

/** Names of contracts that the event machinery may know: the envelope, its versions, ids, and topics. */
const envelopeNames =
  /^(?:schemaVersionOf|DomainEvent|EventClass|EventActor|EventEnvelope|EventBase|event|eventClasses|eventClassesOf|Upcast|upcastTo|topics|Topic|topicOf|partitionsPerTopic|InstantText|DayText|EventId|PersonId|OrganizationId|ActorRole|actorRoles|fieldsOf|FieldSpec|FieldsClass|sealedPatterns|[A-Z]\w*Envelope\w*)$/;

/** Names, words, sizes, the clock in a rule, an event named in the machinery. */
export const textRules: readonly TextRule[] = [
  {
    name: 'names-say-the-noun-and-the-role',
    breaches: (files) =>
      code(files)
        .filter(({ path }) => !(path.startsWith('apps/') ? nameInApps : nameElsewhere).test(fileName(path)))
        .map(({ path }) => `${path}: not <noun>.ts or <noun>.<role>.ts in kebab-case (architecture.md §7)`),
  },
  {
    name: 'no-empty-words',
    breaches: (files) =>
      code(files)
        .filter(({ path }) => path.split(/[/.-]/).some((word) => emptyWords.has(word)))
        .map(({ path }) => `${path}: a word that names no noun`),
  },
  retiredWordsStayAway,
  {
    name: 'index-is-a-public-door',
    breaches: (files) =>
      code(files)
        .filter(({ path }) => /^index\.tsx?$/.test(fileName(path)) && !doors.test(path))
        .map(({ path }) => `${path}: index.ts is only the public door of a lib`),
  },
  {
    name: 'files-of-at-most-300-lines',
    breaches: (files) =>
      code(files)
        .filter(({ text }) => lines(text) > 300)
        .map(({ path, text }) => `${path}: ${lines(text)} lines; name the missing noun`),
  },
  {
    name: 'folders-of-at-most-12-files',
    breaches: (files) =>
      [...Map.groupBy(code(files), ({ path }) => path.slice(0, path.lastIndexOf('/')))]
        .filter(([folder, inside]) => inside.length > 12 && fullFolders[folder] === undefined)
        .map(([folder, inside]) => `${folder}: ${inside.length} files; name the missing noun`),
  },
  {
    name: 'every-app-and-lib-has-a-short-readme',
    breaches: (files) => {
      const readmes = new Map(
        files.filter(({ path }) => path.endsWith('/README.md')).map(({ path, text }) => [path, text]),
      );
      const folders = new Set(code(files).flatMap(({ path }) => /^(?:apps|libs)\/[^/]+(?=\/)/.exec(path) ?? []));
      return [...folders].flatMap((folder) => {
        const text = readmes.get(`${folder}/README.md`);
        if (text === undefined) return [`${folder}: no README.md`];
        return lines(text) > 40 ? [`${folder}/README.md: ${lines(text)} lines, at most 40`] : [];
      });
    },
  },
  {
    name: 'rules-ask-neither-clock-nor-chance',
    breaches: (files) =>
      code(files)
        .filter(({ path }) => (isPure(path) || pureLib.test(path)) && !isForTests(path))
        .flatMap(({ path, text }) => {
          const found = clockOrChance.exec(withoutComments(text));
          return found === null ? [] : [`${path}: ${found[0]}; time and ids come in as facts`];
        }),
  },
  {
    name: 'specs-that-open-a-database-say-so',
    breaches: (files) =>
      files
        .filter(
          ({ path }) => /^(?:apps|libs)\/.*\.spec\.ts$/.test(path) && !/\.(?:db|kafka|story)\.spec\.ts$/.test(path),
        )
        .flatMap(({ path, text }) =>
          namesFrom('#testing', text)
            .filter((name) => opensAServer.test(name))
            .map((name) => `${path}: ${name} needs a server, and npm run test:unit has none; name it *.db.spec.ts`),
        ),
  },
  {
    name: 'machinery-names-no-event',
    breaches: (files) =>
      code(files)
        .filter(({ path }) => path.startsWith('libs/events/src/') && !isForTests(path))
        .flatMap(({ path, text }) =>
          namesFrom('#contracts', text)
            .filter((name) => !envelopeNames.test(name))
            .map((name) => `${path}: imports ${name}; libs/events knows the envelope only`),
        ),
  },
  ...webTextRules,
];

function code(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(({ path }) => /\.(?:ts|tsx|mjs)$/.test(path));
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function lines(text: string): number {
  return text.trimEnd().split('\n').length;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

function namesFrom(door: string, text: string): readonly string[] {
  const imports = new RegExp(`import\\s+(?:type\\s+)?\\{([^}]*)\\}\\s+from\\s+'${door}'`, 'g');
  return [...text.matchAll(imports)].flatMap((match) =>
    (match[1] ?? '')
      .split(',')
      .map((name) =>
        name
          .trim()
          .replace(/^type\s+/, '')
          .replace(/\s+as\s+.*$/, ''),
      )
      .filter((name) => name !== ''),
  );
}

function isForTests(path: string): boolean {
  return path.endsWith('.spec.ts') || path.includes('/testing/');
}
