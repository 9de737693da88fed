import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { frontDoor } from '../front-door.ts';
import { listenOn } from '../ports.ts';
import { webPages } from './web-pages.ts';

const page = '<!doctype html><div id="app"></div>';
const script = `export const text = '${'a'.repeat(200)}';`;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const navigate = { 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' };

describe('the web application on the one port', () => {
  let folder: string;
  const servers: Server[] = [];
  let get: (path: string, headers?: OutgoingHttpHeaders, method?: string) => Promise<Answer>;

  const open = async (from: string): Promise<typeof get> => {
    const screens = new Set(['inbox', 'sign-in']);
    const door = frontDoor({
      service: () => 'unknown',
      page: webPages({ folder: from, screens, instead: '/platform' }),
    });
    servers.push(door);
    const port = await listenOn(door, {
      host: '127.0.0.1',
      port: 10_000 + Math.floor(Math.random() * 20_000),
      mayMove: true,
      taken: () => undefined,
    });
    return (path, headers = {}, method = 'GET') => ask(port, path, headers, method);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'web-'));
    mkdirSync(join(folder, 'assets'));
    mkdirSync(join(folder, '.vite'));
    writeFileSync(join(folder, '.vite/manifest.json'), '{}');
    writeFileSync(join(folder, 'index.html'), page);
    writeFileSync(join(folder, 'theme.js'), script);
    writeFileSync(join(folder, 'assets/start-1a2b.js'), script);
    writeFileSync(join(folder, 'assets/start-1a2b.js.br'), brotliCompressSync(script));
    writeFileSync(join(folder, 'assets/start-1a2b.js.gz'), gzipSync(script));
    get = await open(folder);
  });
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  it.each(['/', '/?from=mail', '/inbox', '/inbox/', '/inbox?task=1', '/inbox/any/thing', '/sign-in'])(
    'gives its page to a person who goes to %s',
    async (path) => {
      const { status, headers, body } = await get(path, navigate);
      expect([status, headers['content-type'], String(body)]).toEqual([200, 'text/html; charset=utf-8', page]);
    },
  );

  it.each(['/healthy', '/apix/inbox', '//evil', '//inbox', '/Inbox', '/inboxes', '/index.html', '/nothing'])(
    'has no page at %s, which is no screen',
    async (path) => {
      const { status, headers } = await get(path, navigate);
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    },
  );

  it.each([
    ['a program', { accept: 'application/json' }],
    ['a program that accepts anything', { accept: '*/*' }],
    ['a fetch of a page', { 'sec-fetch-mode': 'cors', accept: 'text/html' }],
    ['an image', { 'sec-fetch-mode': 'no-cors', accept: 'image/*' }],
  ])('answers %s at the path of a screen with 404', async (_who, headers) => {
    expect((await get('/inbox', headers)).status).toBe(404);
  });

  it('knows a navigation of an older browser by what it accepts', async () => {
    expect((await get('/inbox', { accept: 'text/html,application/xhtml+xml' })).status).toBe(200);
  });

  it('answers HEAD as GET without a body, and no other method', async () => {
    const { status, headers, body } = await get('/inbox', navigate, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, String(page.length), 0]);
    expect((await get('/inbox', navigate, 'POST')).status).toBe(404);
  });

  it('lets a page load only files of this origin, in no frame, and asks for it again each time', async () => {
    const { headers } = await get('/inbox', navigate);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      vary: 'accept-encoding, accept, sec-fetch-mode',
    });
  });

  it('answers 304 to a browser that has the present page', async () => {
    const { headers } = await get('/', navigate);
    const again = await get('/inbox', { ...navigate, 'if-none-match': String(headers['etag']) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it.each([
    ['br', 'gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip, br;q=0', 'gzip', gunzipSync],
    ['nothing', 'identity', undefined, (body: Buffer) => body],
  ])('gives an asset for a year, compressed by %s', async (_name, accepted, encoding, decompress) => {
    const { status, headers, body } = await get('/assets/start-1a2b.js', { 'accept-encoding': accepted });
    expect([status, headers['content-encoding'], String(decompress(body))]).toEqual([200, encoding, script]);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(body.length),
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
      'content-security-policy': "default-src 'none'",
    });
  });

  it('asks again for a file whose name has no hash', async () => {
    const { status, headers } = await get('/theme.js');
    expect([status, headers['cache-control']]).toEqual([200, 'no-cache']);
  });

  it.each(['/assets/start-0000.js', '/assets/', '/assets/start-1a2b.js.br', '/.vite/manifest.json'])(
    'has no file %s, and gives no page instead',
    async (path) => {
      expect((await get(path, navigate)).status).toBe(404);
    },
  );

  it('leads from / to the platform’s own page while nothing is built', async () => {
    const unbuilt = await open(join(folder, 'nowhere'));
    const { status, headers } = await unbuilt('/', navigate);
    expect([status, headers.location]).toEqual([303, '/platform']);
    expect((await unbuilt('/inbox', navigate)).status).toBe(404);
  });
});

/** Not fetch: it would tidy the path, decompress, and set headers of its own. */
function ask(port: number, path: string, headers: OutgoingHttpHeaders, method: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', reject).end();
  });
}
