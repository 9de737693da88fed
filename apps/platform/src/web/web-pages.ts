import type { IncomingMessage } from 'node:http';
import type { Handler } from '../front-door.ts';
import { readBuiltFiles, sendFile, type FileHeaders } from './built-files.ts';
import { contentPolicy } from './content-policy.ts';

export interface WebOptions {
  /** Where `npm run build` puts apps/web. */
  readonly folder: string;
  /** First segments of the paths that are screens. */
  readonly screens: ReadonlySet<string>;
  /** Where `/` leads while nothing is built, as in `npm run dev`. */
  readonly instead: string;
}

/** Its name contains its hash, so it never changes. */
const HASHED = '/assets/';
/** In place of the long headers that only a page needs: each file carries them, and a page has a dozen files. */
const short = { 'content-security-policy': "default-src 'none'", 'permissions-policy': null };
const pageHeaders = {
  'cache-control': 'no-cache',
  'content-security-policy': contentPolicy,
  'x-frame-options': 'DENY',
  // the same path is a 404 for a program
  vary: 'accept-encoding, accept, sec-fetch-mode',
};

/**
 * The web application's answer to a GET or HEAD: a file by its exact path, or the page for a navigation to a screen.
 * Undefined for everything else, also for an asset of another version: a page would hide that it is gone.
 */
export function webPages({ folder, screens, instead }: WebOptions): (request: IncomingMessage) => Handler | undefined {
  const files = readBuiltFiles(folder);
  const page = files.get('/index.html');
  if (page === undefined) return ({ url }) => (pathOf(url) === '/' ? leadTo(instead) : undefined);
  const sendPage = sendFile(page, pageHeaders);
  const sent = new Map(
    [...files].filter(([path]) => !path.endsWith('.html')).map(([path, file]) => [path, sendFile(file, cached(path))]),
  );
  return (request) => {
    const path = pathOf(request.url);
    if (path === '/') return sendPage;
    const first = path.split('/')[1] ?? '';
    return sent.get(path) ?? (screens.has(first) && isNavigation(request) ? sendPage : undefined);
  };
}

function cached(path: string): FileHeaders {
  return { 'cache-control': path.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache', ...short };
}

/** Browsers before Safari 16.4 do not say what they fetch for; they accept HTML when a person goes to a page. */
function isNavigation({ headers }: IncomingMessage): boolean {
  const mode = headers['sec-fetch-mode'];
  return mode === undefined ? (headers.accept ?? '').includes('text/html') : mode === 'navigate';
}

function leadTo(location: string): Handler {
  return (_request, response) =>
    void response.writeHead(303, { location, 'content-length': 0, 'cache-control': 'no-store' }).end();
}

function pathOf(url = '/'): string {
  return url.split('?', 1)[0] ?? '/';
}
