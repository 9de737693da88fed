import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Route } from '../../../apps/web/src/door/http/route.ts';
import { routes } from '../../../apps/web/src/door/routes.ts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';

interface Operation {
  readonly parameters: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: object;
}
type Document = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

describe('the web application calls the API as it is', () => {
  let deployment: TestDeployment;
  let paths: Document;

  beforeAll(async () => {
    deployment = await openDeployment({ timers: false, unsettled: true });
    const answer = await fetch(`${deployment.baseUrl}/docs-json`);
    ({ paths } = (await answer.json()) as { readonly paths: Document });
  });
  afterAll(() => deployment.close());

  it.each(Object.entries<Route>(routes))('%s is a route with these headers and parameters', (_name, route) => {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const operation = paths[path]?.[route.method.toLowerCase()];
    expect([route.method, path, operation === undefined ? 'is no route' : 'is a route']).toEqual([
      route.method,
      path,
      'is a route',
    ]);
    const named = (operation?.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`);
    const expected = {
      'header Idempotency-Key': route.marks.key === true,
      'header If-Match': route.marks.ifMatch === true,
      'query after': route.marks.after === true,
    };
    const found = Object.fromEntries(Object.keys(expected).map((name) => [name, named.includes(name)]));
    expect(found).toEqual(expected);
  });

  it('finds what is wrong with a route', () => {
    expect(paths['/api/referrals/tasks/{id}']?.['delete']).toBeUndefined();
    expect(paths['/api/referrals/tasks/{id}/{action}']?.['post']?.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Idempotency-Key', 'If-Match', 'after']),
    );
  });
});
