import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import type { Handler } from '../front-door.ts';

/** A file of the build with what was compressed beside it. */
interface BuiltFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** By name; null takes away what the front door has set. */
export type FileHeaders = Readonly<Record<string, string | null>>;

/** Vite's own folder begins with a dot. */
const hidden = /(?:^|[/\\])\./;

/**
 * The files that `npm run build` made of apps/web, by their path on the server. Read once, since a build replaces all of
 * them. Empty if there is no build.
 */
export function readBuiltFiles(folder: string): ReadonlyMap<string, BuiltFile> {
  if (!existsSync(join(folder, 'index.html'))) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .filter((name) => types[extname(name)] !== undefined && !hidden.test(name))
      .map((name) => [`/${name.replaceAll('\\', '/')}`, readOne(join(folder, name))]),
  );
}

function readOne(path: string): BuiltFile {
  const plain = readFileSync(path);
  const beside = (end: string): Buffer | undefined =>
    existsSync(`${path}${end}`) ? readFileSync(`${path}${end}`) : undefined;
  return {
    type: types[extname(path)] ?? '',
    etag: `"${createHash('sha256').update(plain).digest('base64url')}"`,
    plain,
    br: beside('.br'),
    gzip: beside('.gz'),
  };
}

/** Answers with the file in the best encoding that the browser takes, or 304 if the browser has this very file. */
export function sendFile(file: BuiltFile, headers: FileHeaders): Handler {
  return (request, response) => {
    for (const [name, value] of Object.entries({ vary: 'accept-encoding', etag: file.etag, ...headers }))
      if (value === null) response.removeHeader(name);
      else response.setHeader(name, value);
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304).end();
      return;
    }
    const { encoding, body } = bestFor(request, file);
    if (encoding !== undefined) response.setHeader('content-encoding', encoding);
    response.writeHead(200, { 'content-type': file.type, 'content-length': body.length }).end(body);
  };
}

function bestFor(
  { headers }: IncomingMessage,
  { br, gzip, plain }: BuiltFile,
): { readonly encoding: string | undefined; readonly body: Buffer } {
  const taken = acceptedEncodings(String(headers['accept-encoding'] ?? ''));
  if (br !== undefined && taken.has('br')) return { encoding: 'br', body: br };
  if (gzip !== undefined && taken.has('gzip')) return { encoding: 'gzip', body: gzip };
  return { encoding: undefined, body: plain };
}

/** Without those that have weight 0 (RFC 9110 §12.5.3). */
function acceptedEncodings(header: string): ReadonlySet<string> {
  const entries = header.split(',').map((entry) => entry.replaceAll(/\s/g, '').toLowerCase());
  return new Set(entries.filter((entry) => !/;q=0(?:\.0*)?$/.test(entry)).map((entry) => entry.split(';', 1)[0] ?? ''));
}
