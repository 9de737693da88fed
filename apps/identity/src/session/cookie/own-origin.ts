import type { IncomingHttpHeaders } from 'node:http';
import { ForeignOrigin, Invalid, UnsupportedMedia } from '#service';

/**
 * Refuses a request that a page of another site could have made a browser send with our cookie (CSRF). A browser sets
 * `Sec-Fetch-Site` itself where the address is trustworthy, otherwise only `Origin`; JSON and a header of our own cannot
 * be sent across origins without a preflight, which no route answers. Throws {@link ForeignOrigin},
 * {@link UnsupportedMedia} and {@link Invalid}.
 */
export function refuseForged(headers: IncomingHttpHeaders, ownAddress: string): void {
  if (!isOwn(headers, new URL(ownAddress).origin)) throw new ForeignOrigin();
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) throw new UnsupportedMedia();
  if ((headers['x-session'] ?? '') === '') throw new Invalid([sessionHeader]);
}

function isOwn({ origin, ...headers }: IncomingHttpHeaders, own: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? origin === own : site === 'same-origin';
}

const sessionHeader = {
  field: 'X-Session',
  message: 'the header is missing',
  allowed: 'any value: a page of another site cannot send it',
};

const loopback = new Set(['127.0.0.1', '[::1]']);

/**
 * The same address at `localhost`, for a browser that came by the machine's number: cookies belong to a host name, and
 * the issuer sends the browser back to our own. Undefined if the browser is where it should be. Only with our own port,
 * so that a proxy that changes the host cannot lead in a circle.
 */
export function atOwnName(host: string | undefined, ownAddress: string, path: string): string | undefined {
  const own = new URL(ownAddress);
  const used = URL.parse(`http://${host ?? ''}`);
  if (own.hostname !== 'localhost' || own.port !== used?.port || !loopback.has(used.hostname)) return undefined;
  return `${own.origin}${path}`;
}
