import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { send } from '../front-door.ts';
import type { Handler } from '../front-door.ts';

/** The files of swagger-ui-dist that the page needs, by their request path. */
const ASSETS: Readonly<Record<string, string>> = {
  '/docs/swagger-ui.css': 'text/css',
  '/docs/swagger-ui-bundle.js': 'text/javascript',
  '/docs/swagger-ui-standalone-preset.js': 'text/javascript',
};

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Routes of all services</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="routes"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/swagger-ui-standalone-preset.js"></script>
<script src="/docs/page.js"></script>
</body>
</html>
`;

function script(services: readonly string[]): string {
  const urls = [
    { name: 'all services', url: '/docs-json' },
    ...services.map((name) => ({ name, url: `/api/${name}/openapi.json` })),
  ];
  return `SwaggerUIBundle({
  urls: ${JSON.stringify(urls)},
  dom_id: '#routes',
  deepLinking: true,
  persistAuthorization: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
});
`;
}

/** One page for the OpenAPI documents of all services: the reader selects a service at its top. */
export function docsPages(services: readonly string[]): Readonly<Record<string, Handler>> {
  const page =
    (type: string, body: string): Handler =>
    (_request, response) =>
      send(response, 200, type, body);
  return {
    '/docs': page('text/html', HTML),
    '/docs/': page('text/html', HTML),
    '/docs/page.js': page('text/javascript', script(services)),
    ...Object.fromEntries(Object.entries(ASSETS).map(([path, type]) => [path, asset(path, type)])),
  };
}

/** Read at the first request and then cached: it has megabytes, and the disk is shared. */
function asset(path: string, type: string): Handler {
  let kept: Buffer | undefined;
  return (_request, response) => {
    kept ??= readFileSync(join(folder(), path.slice('/docs/'.length)));
    send(response, 200, type, kept);
  };
}

/** next to @nestjs/swagger, whose dependency it is */
function folder(): string {
  const nest = createRequire(import.meta.url).resolve('@nestjs/swagger');
  return dirname(createRequire(nest).resolve('swagger-ui-dist/package.json'));
}
