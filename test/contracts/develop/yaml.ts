import { createRequire } from 'node:module';

/** Reads YAML with the reader that @nestjs/swagger installs. */
export function yaml(text: string): unknown {
  const nest = createRequire(import.meta.url).resolve('@nestjs/swagger');
  const { load } = createRequire(nest)('js-yaml') as { load: (text: string) => unknown };
  return load(text);
}
