import type { Type } from '@nestjs/common';

/** `main.ts` of a service in a process of its own: configuration from the environment, and a graceful stop. */
export function serve(_module: Type): Promise<void> {
  throw new Error('not built yet');
}
