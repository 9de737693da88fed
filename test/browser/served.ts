import { join } from 'node:path';
import { frontDoor } from '../../apps/platform/src/front-door.ts';
import { listenOn } from '../../apps/platform/src/ports.ts';
import { screenSegments } from '../../apps/platform/src/web/screen-segments.ts';
import { webPages } from '../../apps/platform/src/web/web-pages.ts';
import { buildWeb, root } from '../started.ts';

export interface Served {
  readonly address: string;
  close(): void;
}

/** The application as it is built, behind the platform's front door; every route of the API is 404. */
export async function servedWithoutApi(): Promise<Served> {
  await buildWeb();
  const folder = join(root, 'dist/apps/web');
  const door = frontDoor({
    service: () => 'unknown',
    page: webPages({ folder, screens: screenSegments, instead: '/platform' }),
  });
  const port = await listenOn(door, {
    host: '127.0.0.1',
    port: 10_000 + Math.floor(Math.random() * 20_000),
    mayMove: true,
    taken: () => undefined,
  });
  return { address: `http://localhost:${port}`, close: () => void door.close() };
}
