import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { screenSegments } from '../../../apps/platform/src/web/screen-segments.ts';

interface Route {
  readonly options: { readonly path?: string };
  readonly children?: Readonly<Record<string, Route>> | readonly Route[];
}

describe('The paths at which the platform answers with the application', () => {
  it('begin as those of apps/web/src/app/routes.ts do', async () => {
    // not imported by name: the types of the web are those of a browser
    const file = pathToFileURL(join(process.cwd(), 'apps/web/src/app/routes.ts')).href;
    const { routeTree } = (await import(file)) as { readonly routeTree: Route };
    const segments = new Set(pathsOf(routeTree).flatMap((path) => path.split('/').filter(Boolean).slice(0, 1)));
    expect([...screenSegments].sort()).toEqual([...segments].sort());
  });
});

/** Of every route of the tree, from its root. */
function pathsOf({ options, children = [] }: Route, above = ''): readonly string[] {
  const path = `${above}/${options.path ?? ''}`.replaceAll(/\/+/g, '/');
  return [path, ...Object.values(children).flatMap((child: Route) => pathsOf(child, path))];
}
