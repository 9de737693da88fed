import type { Planted } from './planted.ts';

const imports = (what: string): string => `import '${what}';\n`;
const screen = 'apps/web/src/screens/inbox/inbox.screen.tsx';

/** One breach of each rule of web-import-rules.ts. */
export const plantedWebImports: readonly Planted[] = [
  {
    rule: 'web-kit-imports-its-row',
    files: { 'apps/web/src/kit/a.ts': imports('../words/words.ts'), 'apps/web/src/words/words.ts': '' },
  },
  { rule: 'web-kit-imports-its-row', files: { 'apps/web/src/kit/a.ts': "import type { Need } from '#contracts';\n" } },
  { rule: 'web-words-imports-its-row', files: { 'apps/web/src/words/words.ts': imports('idb') } },
  { rule: 'web-door-imports-its-row', files: { 'apps/web/src/door/door.ts': imports('react') } },
  {
    rule: 'web-data-imports-its-row',
    files: { 'apps/web/src/data/inbox.queries.ts': imports('../kit/button.ts'), 'apps/web/src/kit/button.ts': '' },
  },
  { rule: 'web-drafts-imports-its-row', files: { 'apps/web/src/drafts/drafts.ts': imports('react-aria-components') } },
  {
    rule: 'web-pieces-imports-its-row',
    files: { 'apps/web/src/pieces/due.ts': imports('../door/door.ts'), 'apps/web/src/door/door.ts': '' },
  },
  {
    rule: 'web-acts-imports-its-row',
    files: { 'apps/web/src/acts/accept.ts': imports('../door/door.ts'), 'apps/web/src/door/door.ts': '' },
  },
  { rule: 'web-screens-imports-its-row', files: { [screen]: imports('react-aria-components') } },
  { rule: 'web-app-imports-its-row', files: { 'apps/web/src/app/start.tsx': imports('idb') } },
  { rule: 'web-source-is-in-a-room', files: { 'apps/web/src/main.ts': imports('react') } },
  {
    rule: 'web-screens-know-no-other-screen',
    files: { [screen]: imports('../board/board.ts'), 'apps/web/src/screens/board/board.ts': '' },
  },
  {
    rule: 'web-screens-are-loaded-lazily',
    files: { 'apps/web/src/app/routes.ts': imports('../screens/inbox/inbox.screen.tsx'), [screen]: '' },
  },
];

/** One breach of each rule of web-text-rules.ts. */
export const plantedWebTexts: readonly Planted[] = [
  { rule: 'web-fetches-by-the-door', files: { 'apps/web/src/data/live.ts': "const a = await fetch('/api');\n" } },
  { rule: 'web-fetches-by-the-door', files: { 'apps/web/src/data/live.ts': "window.fetch('/api');\n" } },
  { rule: 'web-opens-no-event-source', files: { 'apps/web/src/door/live.ts': "new EventSource('/live');\n" } },
  { rule: 'web-keeps-no-data-in-storage', files: { 'apps/web/src/data/a.ts': "localStorage.setItem('name', '');\n" } },
  { rule: 'web-keeps-no-data-in-storage', files: { 'apps/web/src/data/a.ts': "sessionStorage['token'] = '';\n" } },
  { rule: 'web-inserts-no-html', files: { [screen]: 'const a = <p dangerouslySetInnerHTML={{ __html: b }} />;\n' } },
  { rule: 'web-texts-are-words', files: { [screen]: 'const a = <p>Nothing waits</p>;\n' } },
  { rule: 'web-texts-are-words', files: { [screen]: "const a = <p>{'Nothing waits'}</p>;\n" } },
  { rule: 'web-texts-are-words', files: { [screen]: 'const a = <input aria-label="Name" />;\n' } },
  { rule: 'web-texts-are-words', files: { [screen]: 'const a = <input title={`${b} rows`} />;\n' } },
  { rule: 'web-styles-have-no-left-or-right', files: { 'apps/web/src/kit/a.css': 'p { margin-left: 4px; }\n' } },
  { rule: 'web-styles-have-no-left-or-right', files: { 'apps/web/src/kit/a.css': 'p { text-align: right; }\n' } },
  { rule: 'every-room-of-the-web-has-a-short-readme', files: { 'apps/web/src/kit/a.ts': '' } },
  {
    rule: 'every-room-of-the-web-has-a-short-readme',
    files: { 'apps/web/src/kit/a.ts': '', 'apps/web/src/kit/README.md': 'line\n'.repeat(41) },
  },
];
