import { readFileSync } from 'node:fs';

/** Everything in a document that a reader may try: if it is missing or does not work, the document is wrong. */
export interface Mentions {
  readonly document: string;
  /** Lines of blocks marked `sh`, and commands in running text, with one space between words and without comments. */
  readonly commands: readonly string[];
  /** Names of scripts: `npm run X`, `npm X`. */
  readonly scripts: readonly string[];
  /** Files and folders, from the repository's root or by their bare name; `*` and `<anything>` stand for any name. */
  readonly paths: readonly string[];
  /** `GET /api/...`, `POST /tasks/:id/packet`; without a method if only the path is named. */
  readonly routes: readonly Route[];
  /** Names of environment variables. */
  readonly variables: readonly string[];
}

export interface Route {
  readonly method: string | undefined;
  readonly path: string;
}

/** npm's own commands, which are not our scripts. */
const npmWords = new Set(['ci', 'install', 'run']);
const extension = /\.(?:md|ts|mjs|js|json|sh|yml|example)$/;

export function mentionsOf(document: string): Mentions {
  return mentionsIn(document, readFileSync(document, 'utf8'));
}

export function mentionsIn(document: string, text: string): Mentions {
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({
    language,
    body,
  }));
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span.trim());
  const lines = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ body }) => body.split('\n'))
    .map((line) => line.replace(/(?:^|\s)#.*$/, ''));
  const commands = [...lines, ...spans.filter(isCommand)].map((line) => line.trim().replaceAll(/\s+/g, ' '));
  const words = spans.filter((span) => !isCommand(span));
  return {
    document,
    commands: unique(commands.filter((line) => line !== '')),
    scripts: unique(
      [...text.matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !npmWords.has(name)),
    ),
    paths: unique(words.filter(isPath)),
    routes: [...routesIn(words), ...routesIn(blocks.filter(({ language }) => language === '').map(({ body }) => body))],
    variables: unique(words.flatMap((word) => /^([A-Z][A-Z_]{2,})(?:=\S*)?$/.exec(word)?.[1] ?? [])),
  };
}

function isCommand(span: string): boolean {
  return /^(?:[A-Z_]+=\S* )*(?:npm|node|node_modules\/\.bin\/\w+|docker|sh|curl|kcat|git) /.test(span);
}

function isPath(word: string): boolean {
  return /^[\w.*<][\w./*<>-]*$/.test(word) && (word.includes('/') || extension.test(word) || word === '.env');
}

function routesIn(texts: readonly string[]): readonly Route[] {
  return texts.flatMap((text) => {
    const named = [...text.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/[^\s|`]*)/g)];
    if (named.length > 0) return named.map(([, method, path = '']) => ({ method, path }));
    return /^\/[\w./:<>-]*$/.test(text) ? [{ method: undefined, path: text }] : [];
  });
}

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)];
}
