import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { services } from '../../apps/platform/src/services.ts';
import { openDeployment, type TestDeployment } from '../deployment.ts';

interface Document {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const names = services.map(({ name }) => name);

/** contract.md §6.1: `/docs-json` per service, and for all of them on the platform's port. */
describe('the OpenAPI document of all routes', () => {
  let deployment: TestDeployment;
  let joined: Document;
  const own = new Map<string, Document>();

  const read = async (path: string): Promise<Document> => {
    const reply = await fetch(`${deployment.baseUrl}${path}`);
    expect([path, reply.status, reply.headers.get('content-type')]).toEqual([
      path,
      200,
      expect.stringContaining('application/json'),
    ]);
    return (await reply.json()) as Document;
  };

  beforeAll(async () => {
    deployment = await openDeployment({ timers: false });
    joined = await read('/docs-json');
    for (const name of names) own.set(name, await read(`/api/${name}/docs-json`));
  }, 120_000);
  afterAll(() => deployment.close());

  const operations = (document: Document): readonly (readonly [string, Operation])[] =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, each]) => [`${method} ${path}`, each] as const),
    );

  it('has every route of every service once, under its service', () => {
    const promised = names.flatMap((name) =>
      operations(own.get(name) as Document).map(([route]) => `${name}: ${route}`),
    );
    const found = operations(joined).map(([route, { tags }]) => `${tags.join()}: ${route}`);
    expect(promised.length).toBeGreaterThan(60);
    expect([...found].sort()).toEqual([...promised].sort());
    expect(joined.tags.map(({ name }) => name)).toEqual(names);
  });

  it('describes a route as its service does', () => {
    for (const name of names) {
      for (const [route, { tags: _tags, operationId, ...said }] of operations(own.get(name) as Document)) {
        const [method = '', path = ''] = route.split(' ');
        expect(joined.paths[path]?.[method]).toEqual({ ...said, tags: [name], operationId: `${name}.${operationId}` });
      }
    }
  });

  it.each([
    ['TaskView', 'round'],
    ['TaskView', 'afterAcceptance'],
    ['TaskView', 'packetOpenedAt'],
    ['TaskView', 'legalMoves'],
    ['NotificationView', 'template'],
    ['NetworkPolicyView', 'timers'],
    ['TimelineItemView', 'flags'],
  ])('says what %s.%s means, because the name alone does not', (name, field) => {
    const schema = joined.components['schemas']?.[name] as { properties: Record<string, { description?: string }> };
    expect(schema.properties[field]?.description).toMatch(/\w.*\.$/);
  });

  it('is a valid OpenAPI document: unique ids, named path parameters, resolved references and security', () => {
    expect(joined.openapi).toBe('3.1.0');
    const ids = operations(joined).map(([, { operationId }]) => operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const [route, { parameters, responses, security }] of operations(joined)) {
      const inPath = [...route.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect([route, parameters.filter((each) => each.in === 'path').map(({ name }) => name)]).toEqual([route, inPath]);
      const twice = parameters.map((each) => `${each.in} ${each.name}`);
      expect([route, new Set(twice).size]).toEqual([route, twice.length]);
      expect([route, Object.keys(responses)]).toEqual([
        route,
        expect.arrayContaining([expect.stringMatching(/^[23]/)]),
      ]);
      const schemes = security.flatMap((each) => Object.keys(each));
      expect([route, schemes.filter((each) => joined.components['securitySchemes']?.[each] === undefined)]).toEqual([
        route,
        [],
      ]);
    }
    const references = [...JSON.stringify(joined).matchAll(/"\$ref":"([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((each) => !resolves(joined, each))).toEqual([]);
  });

  it('says what a filter of a list means', () => {
    const filters = joined.paths['/api/coordination/inbox']?.['get']?.parameters ?? [];
    for (const name of ['open', 'state', 'ownerId', 'mine'])
      expect(filters.find((each) => each.name === name)).toMatchObject({
        in: 'query',
        description: expect.stringMatching(/\w/),
      });
  });

  it('is at the address that the page of all routes names', async () => {
    expect(await (await fetch(`${deployment.baseUrl}/docs/page.js`)).text()).toContain('"/docs-json"');
  });
});

function resolves(document: Document, reference: string): boolean {
  const found = reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], document);
  return reference.startsWith('#/') && found !== undefined;
}
