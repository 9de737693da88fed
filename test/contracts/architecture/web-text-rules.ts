import ts from 'typescript';
import type { SourceFile } from './source-files.ts';
import type { TextRule } from './text-rule.ts';

const inWeb = /^apps\/web\/(?:src|public)\/.*\.(?:ts|tsx|js)$/;
const isSpec = (path: string): boolean => path.endsWith('.spec.ts');

/** Words that no code of the web has outside the named files, and what to do instead. */
const forbidden: readonly { rule: string; pattern: RegExp; except: RegExp; instead: string }[] = [
  {
    rule: 'web-fetches-by-the-door',
    pattern: /(?<![.\w])(?:(?:window|globalThis|self)\.)?fetch\(|\b(?:XMLHttpRequest|sendBeacon|WebSocket)\b/,
    except: /^apps\/web\/src\/door\//,
    instead: 'call the door',
  },
  {
    rule: 'web-opens-no-event-source',
    // it cannot carry a token; the stream is read by fetch
    pattern: /\bEventSource\b/,
    except: /^$/,
    instead: 'read the stream by fetch',
  },
  {
    rule: 'web-keeps-no-data-in-storage',
    pattern:
      /\blocalStorage\b(?!\.(?:get|set|remove)Item\('(?:theme|density)')|\bsessionStorage\b(?!\.(?:get|set|remove)Item\('seat')/,
    except: /^$/,
    instead: "theme and density are in localStorage, a tab's seat in sessionStorage, and nothing else",
  },
  {
    rule: 'web-inserts-no-html',
    pattern: /\bdangerouslySetInnerHTML\b|\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b/,
    except: /^$/,
    instead: 'insert text as text',
  },
];

/** What the browser's part of the repository never does; its imports are in web-import-rules.ts. */
export const webTextRules: readonly TextRule[] = [
  ...forbidden.map(({ rule, pattern, except, instead }): TextRule => ({
    name: rule,
    breaches: (files) =>
      files
        .filter(({ path }) => inWeb.test(path) && !isSpec(path) && !except.test(path))
        .flatMap(({ path, text }) => {
          const found = pattern.exec(withoutComments(text));
          return found === null ? [] : [`${path}: ${found[0]}; ${instead}`];
        }),
  })),
  {
    name: 'web-texts-are-words',
    breaches: (files) =>
      files
        .filter(({ path }) => path.startsWith('apps/web/src/') && path.endsWith('.tsx'))
        .flatMap((file) => textsIn(file).map((text) => `${file.path}: "${text}"; it belongs in a words file`)),
  },
  {
    name: 'web-styles-have-no-left-or-right',
    breaches: (files) =>
      files
        .filter(({ path }) => path.startsWith('apps/web/') && path.endsWith('.css'))
        .flatMap(({ path, text }) => {
          // the insets of a phone's screen have physical names only
          const found = /\b(?:left|right)\b/.exec(
            withoutComments(text).replaceAll(/safe-area-inset-(?:left|right)/g, ''),
          );
          return found === null ? [] : [`${path}: ${found[0]}; say inline-start or inline-end, start or end`];
        }),
  },
  {
    name: 'every-room-of-the-web-has-a-short-readme',
    breaches: (files) => {
      const inRooms = files.flatMap(({ path }) => /^apps\/web\/src\/[^/]+(?=\/)/.exec(path) ?? []);
      return [...new Set(inRooms)].flatMap((room) => {
        const readme = files.find(({ path }) => path === `${room}/README.md`);
        if (readme === undefined) return [`${room}: no README.md`];
        return readme.text.trimEnd().split('\n').length > 40 ? [`${room}/README.md: more than 40 lines`] : [];
      });
    },
  },
];

/** Attributes that a person reads or hears. */
const readAttributes =
  /^(?:aria-(?:label|description|placeholder|roledescription|valuetext)|title|alt|placeholder|label)$/;
const letters = /\p{L}/u;

/** Text between tags, in braces between tags, and in attributes that people read. */
function textsIn({ path, text }: SourceFile): readonly string[] {
  const found: string[] = [];
  const isRead = (node: ts.Node): boolean => {
    if (ts.isJsxText(node)) return true;
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return false;
    const parent = ts.isJsxExpression(node.parent) ? node.parent.parent : node.parent;
    if (ts.isJsxAttribute(parent)) return readAttributes.test(parent.name.getText());
    return ts.isJsxExpression(node.parent);
  };
  const visit = (node: ts.Node): void => {
    if (isRead(node) && letters.test(node.getText())) found.push(node.getText().trim());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
}
