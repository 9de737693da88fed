import type { ImportRule } from './import-rules.ts';

/** What a room of apps/web may import: packages, other rooms, and the contracts (codes as values, the rest as types). */
interface Room {
  readonly packages: readonly string[];
  readonly rooms: readonly string[];
  readonly contracts: boolean;
}

const parts = ['react', 'react-dom', 'react-aria-components'];

/** The table of apps/web/README.md. A room may always import itself. */
const rooms: Readonly<Record<string, Room>> = {
  kit: {
    packages: [...parts, 'i18next', '@internationalized/date', '@tanstack/react-virtual', 'signature_pad'],
    rooms: [],
    contracts: false,
  },
  words: { packages: [...parts, 'i18next'], rooms: [], contracts: false },
  door: { packages: [], rooms: [], contracts: true },
  data: { packages: ['react', '@tanstack/react-query', 'idb'], rooms: ['door', 'words'], contracts: true },
  drafts: { packages: ['react', '@tanstack/react-query', 'idb'], rooms: ['door', 'words', 'data'], contracts: true },
  pieces: { packages: ['react'], rooms: ['kit', 'words', 'data'], contracts: true },
  acts: { packages: ['react'], rooms: ['kit', 'words', 'data', 'pieces', 'drafts'], contracts: true },
  screens: {
    packages: ['react', '@tanstack/react-router', '@tanstack/react-query'],
    rooms: ['kit', 'words', 'door', 'data', 'drafts', 'pieces', 'acts'],
    contracts: true,
  },
  app: {
    packages: [...parts, '@tanstack/react-router', '@tanstack/react-query'],
    rooms: ['kit', 'words', 'door', 'data', 'drafts', 'pieces', 'acts', 'screens'],
    contracts: true,
  },
};

/** Specs, and the test tools of a folder. */
const spec = '\\.spec\\.ts$|/testing/';

/** One rule for each room, and what no single row can say. */
export const webImportRules: readonly ImportRule[] = [
  ...Object.entries(rooms).map(([name, { packages, rooms: others, contracts }]): ImportRule => ({
    name: `web-${name}-imports-its-row`,
    comment: 'A room of the web imports what the table of apps/web/README.md names.',
    from: { path: `^apps/web/src/${name}/`, pathNot: spec },
    to: {
      pathNot: [
        ...[name, ...others].map((room) => `^apps/web/src/${room}/`),
        ...(contracts ? ['^libs/contracts/'] : []),
        ...packages.map((each) => `node_modules/(?:@types/)?${each}/`),
      ],
    },
  })),
  {
    name: 'web-source-is-in-a-room',
    comment: 'A file beside the rooms would have no row.',
    from: { path: '^apps/web/src/(?!(?:' + Object.keys(rooms).join('|') + ')/)' },
    to: {},
  },
  {
    name: 'web-screens-know-no-other-screen',
    comment: 'What two screens share moves to pieces.',
    from: { path: '^apps/web/src/screens/([^/]+)/' },
    to: { path: '^apps/web/src/screens/', pathNot: '^apps/web/src/screens/$1/' },
  },
  {
    name: 'web-screens-are-loaded-lazily',
    comment: 'The first answer carries paths and searches of every screen, and the code of one.',
    from: { path: '^apps/web/src/app/', pathNot: spec },
    to: {
      path: '^apps/web/src/screens/',
      pathNot: '\\.(?:route|search)\\.tsx?$',
      dependencyTypesNot: ['dynamic-import', 'type-only'],
    },
  },
];
