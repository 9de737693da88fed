import type { ModuleMetadata, Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { RelayOptions } from '#events';
import type { MigrationClass } from '#persistence';

export interface ServiceModuleOptions extends Pick<ModuleMetadata, 'imports' | 'controllers' | 'providers'> {
  /** The service's name: its schema, its path `/api/<name>`, its topic `<name>.events`. */
  readonly name: string;
  readonly migrations: readonly MigrationClass[];
  /** Run after the migrations at every start, so it must be repeatable and go on where it was interrupted. */
  readonly seed?: Seed;
  readonly relay?: RelayOptions;
  /** Paths of controllers that answer outside `/api/<name>`, such as `oidc/*path`. */
  readonly rootPaths?: readonly string[];
}

export type Seed = (house: SeedHouse) => Promise<void>;

export interface SeedHouse {
  readonly demo: boolean;
  readonly get: <T>(token: Type<T> | symbol) => T;
  readonly dataSource: DataSource;
}

/** A Nest module that is a whole service: what `serve`, `startService` and the platform take. */
export function ServiceModule(_options: ServiceModuleOptions): ClassDecorator {
  throw new Error('not built yet');
}
