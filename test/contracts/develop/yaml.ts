import { createRequire } from 'node:module';

/** js-yaml has no types of its own. */
const reader = createRequire(import.meta.url)('js-yaml') as { load: (text: string) => unknown };

export function yaml(text: string): unknown {
  return reader.load(text);
}
