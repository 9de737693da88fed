import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testService, type TestService } from '#testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { NotesModule } from '../testing/notes.ts';

interface Operation {
  readonly 'x-access': unknown;
  readonly security: readonly unknown[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let notes: TestService;
let document: Document;
beforeAll(async () => {
  notes = await testService(NotesModule, 'notes');
  document = (await notes.ask(null, { path: 'openapi.json' })).json();
});
afterAll(() => notes.close());

const operation = (method: string, path: string): Operation => {
  const found = document.paths[`/api/notes${path}`]?.[method];
  if (found === undefined) throw new Error(`${method} ${path} is not in the document`);
  return found;
};
const named = (of: Operation, place: string): readonly string[] =>
  of.parameters.filter((each) => each.in === place).map((each) => each.name);

/** Checks values against a schema of the document. */
function checked(schema: object): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, formats: { uuid: true, 'date-time': true, date: true, email: true } });
  return ajv.compile({ ...schema, components: document.components }) as (value: unknown) => boolean;
}

describe('The OpenAPI document', () => {
  it('is OpenAPI 3.1 and names every route, with who may call it', () => {
    expect(document.openapi).toBe('3.1.0');
    const all = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, each]) => [`${method} ${path}`, each['x-access']]),
    );
    expect(Object.fromEntries(all)).toEqual({
      'get /api/notes/lag': ['platform-operator'],
      'get /api/notes/parked': ['platform-operator', 'network-admin'],
      'post /api/notes/parked/{id}/redrive': ['platform-operator', 'network-admin'],
      'get /api/notes/parked/discarded': ['platform-operator'],
      'post /api/notes/parked/{id}/discard': ['platform-operator'],
      'get /api/notes/rebuilds': ['platform-operator'],
      'post /api/notes/rebuilds': ['platform-operator'],
      'get /api/notes/resends': ['platform-operator'],
      'post /api/notes/resends': ['platform-operator'],
      'post /api/notes/log/read': ['system-client'],
      'post /api/notes/notes': ['intake-worker'],
      'get /api/notes/notes': 'signed-in',
      'get /api/notes/notes/{id}': 'signed-in',
      'patch /api/notes/notes/{id}': ['intake-worker', 'organization-admin'],
      'post /api/notes/notes/large': 'signed-in',
      'get /api/notes/notes/faults/{kind}': 'signed-in',
    });
  });

  it('describes the headers, the body and every possible problem of a command', () => {
    const close = operation('patch', '/notes/{id}');
    expect(named(close, 'header')).toEqual(['Idempotency-Key', 'If-Match']);
    expect(named(close, 'path')).toEqual(['id']);
    expect(Object.keys(close.responses).map(Number)).toEqual([
      200, 400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 503,
    ]);
    const write = operation('post', '/notes');
    expect(named(write, 'header')).toEqual(['Idempotency-Key']);
    expect(Object.keys(write.responses)).toContain('201');
    expect(Object.keys(write.responses)).not.toContain('428');
  });

  it('describes the parameters of a list, and the position of a read that waits', () => {
    expect(named(operation('get', '/notes'), 'query')).toEqual(['state', 'cursor', 'limit']);
    expect(named(operation('get', '/notes/{id}'), 'query')).toEqual(['after']);
  });

  it('describes bodies by the same decorators that check them', () => {
    const schema = operation('post', '/notes').requestBody?.content['application/json']?.schema ?? {};
    const fits = checked(schema);
    expect(fits({ title: 'hello', labels: [{ colour: 'red' }] })).toBe(true);
    for (const wrong of [{}, { title: '' }, { title: 'x', more: 1 }, { title: 'x', labels: [{ colour: 'blue' }] }]) {
      expect(fits(wrong)).toBe(false);
    }
  });

  it('describes the real answers, including problems', async () => {
    const write = operation('post', '/notes');
    const headers = { 'idempotency-key': randomUUID() };
    const made = await notes.ask('ines.harbor', { method: 'POST', path: 'notes', body: { title: 'x' }, headers });
    const list = await notes.ask('ines.harbor', { path: 'notes' });
    const wrong = await notes.ask('ines.harbor', { method: 'POST', path: 'notes', body: {} });
    const stranger = await notes.ask(null, { path: 'notes' });
    const answers = [
      [write.responses['201']?.content?.['application/json'], made.json()],
      [operation('get', '/notes').responses['200']?.content?.['application/json'], list.json()],
      [write.responses['400']?.content?.['application/problem+json'], wrong.json()],
      [write.responses['401']?.content?.['application/problem+json'], stranger.json()],
    ] as const;
    for (const [described, body] of answers) expect(checked(described?.schema ?? { not: {} })(body)).toBe(true);
  });

  it('is shown as a page and as JSON if a service runs in its own process', async () => {
    const page = await notes.ask(null, { path: '/docs' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect((await notes.ask(null, { path: '/docs-json' })).json()).toEqual(document);
    expect((await notes.ask(null, { path: 'docs-json' })).json()).toEqual(document);
  });
});
