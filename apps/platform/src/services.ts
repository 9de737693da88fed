import { DirectoryModule } from '../../directory/src/directory.module.ts';
import type { NamedService } from './platform.ts';

/** Which services the house has: a new one is a line here. */
export const services: readonly NamedService[] = [
  { name: 'directory', module: DirectoryModule },
];
