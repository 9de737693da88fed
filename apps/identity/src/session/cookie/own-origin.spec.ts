import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { ForeignOrigin, Invalid, UnsupportedMedia } from '#service';
import { atOwnName, refuseForged } from './own-origin.ts';

const own = 'https://platform.example';
const good = { 'content-type': 'application/json', 'x-session': '0', 'sec-fetch-site': 'same-origin' } as const;
const refused = (headers: IncomingHttpHeaders): (() => void) => {
  return () => refuseForged(headers, own);
};

describe('a request that a cookie opens', () => {
  it.each<readonly [string, IncomingHttpHeaders]>([
    ['as a browser sends it', good],
    ['with a character set', { ...good, 'content-type': 'application/json; charset=utf-8' }],
    ['through a proxy of the developer', { ...good, origin: 'http://localhost:5173' }],
    ['of a browser that names only the origin', { ...good, 'sec-fetch-site': undefined, origin: own }],
  ])('passes %s', (_, headers) => {
    expect(refused(headers)).not.toThrow();
  });

  it.each<readonly [string, IncomingHttpHeaders]>([
    ['another site', { ...good, 'sec-fetch-site': 'cross-site' }],
    ['another site, whatever origin it names', { ...good, 'sec-fetch-site': 'cross-site', origin: own }],
    ['a sister host', { ...good, 'sec-fetch-site': 'same-site' }],
    ['the address bar', { ...good, 'sec-fetch-site': 'none' }],
    ['another origin', { ...good, 'sec-fetch-site': undefined, origin: 'https://evil.example' }],
    ['our host without TLS', { ...good, 'sec-fetch-site': undefined, origin: 'http://platform.example' }],
    ['our host at another port', { ...good, 'sec-fetch-site': undefined, origin: `${own}:8443` }],
    ['a sandboxed frame', { ...good, 'sec-fetch-site': undefined, origin: 'null' }],
    ['nobody knows where', { ...good, 'sec-fetch-site': undefined }],
  ])('is refused from %s', (_, headers) => {
    expect(refused(headers)).toThrow(ForeignOrigin);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/json-seq',
    undefined,
  ])('is refused as %s', (type) => {
    expect(refused({ ...good, 'content-type': type })).toThrow(UnsupportedMedia);
  });

  it('is refused without X-Session', () => {
    expect(refused({ ...good, 'x-session': undefined })).toThrow(Invalid);
  });
});

describe('a browser that came by the number of this machine', () => {
  const path = '/api/identity/sessions/0/new?to=/inbox';

  it.each(['127.0.0.1:3000', '[::1]:3000'])('%s is sent to localhost', (host) => {
    expect(atOwnName(host, 'http://localhost:3000', path)).toBe(`http://localhost:3000${path}`);
  });

  it.each([
    ['the right name', 'localhost:3000', 'http://localhost:3000'],
    ['another port, so behind a proxy', '127.0.0.1:3001', 'http://localhost:3000'],
    ['another machine', '192.168.1.5:3000', 'http://localhost:3000'],
    ['a public address', '127.0.0.1:3000', 'https://platform.example'],
    ['a name that is no host', 'a b', 'http://localhost:3000'],
    ['no name', undefined, 'http://localhost:3000'],
  ])('stays with %s', (_, host, address) => {
    expect(atOwnName(host, address, path)).toBeUndefined();
  });
});
