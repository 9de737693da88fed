import { DirectoryModule } from '../../directory/src/directory.module.ts';
import { IdentityModule } from '../../identity/src/identity.module.ts';
import type { NamedService } from './platform.ts';

/** Which services the house has: a new one is a line here. */
export const services: readonly NamedService[] = [
  { name: 'identity', module: IdentityModule },
  { name: 'directory', module: DirectoryModule },
];
