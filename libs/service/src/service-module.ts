import { Module, type ModuleMetadata, type Type } from '@nestjs/common';
import type { Projected, RelayOptions } from '#events';
import type { MigrationClass } from '#persistence';
import type { LeastRights } from './rights/least-rights.migration.ts';
import type { LagCheck } from './health/readiness.ts';
import type { ConfigClass } from './config/read-config.ts';

export interface ServiceModuleOptions extends Pick<ModuleMetadata, 'imports' | 'controllers' | 'providers'> {
  /** The service's name: its schema, its path `/api/<name>`, its topic `<name>.events`. */
  readonly name: string;
  readonly migrations: readonly MigrationClass[];
  /** Runs after the migrations at every start, so it must be repeatable and continue where it was interrupted. */
  readonly seed?: Seed;
  /** Entity classes, for plain records (hot paths use statements: traps.md 43). */
  readonly entities?: readonly (new () => object)[];
  readonly relay?: RelayOptions;
  /** Groups whose rows can be rebuilt from the logs: every group that keeps rows. */
  readonly projected?: readonly Projected[];
  /** What lags beside its readiness, if the service's work depends on fresh facts of another service. */
  readonly lagChecks?: readonly LagCheck[];
  /** What the application may do with the service's tables beyond reading and inserting. */
  readonly rights?: Omit<LeastRights, 'service'>;
  /** The network of a stream key, for `/parked`: subselects of one `network_id` by `k.id`, the key as a uuid. */
  readonly networkOfKey?: readonly string[];
  /** The service's own settings: read from the environment before anything starts, injected by class. */
  readonly config?: ConfigClass;
  /** Paths of controllers outside `/api/<name>`, in the form of the excludes of Nest's `setGlobalPrefix`: `oidc/*path`. */
  readonly rootPaths?: readonly string[];
}

export type Seed = (context: SeedContext) => Promise<void>;

export interface SeedContext {
  readonly demo: boolean;
  /** Any provider of the service: UnitOfWork, EventLog, CLOCK, its own services. */
  readonly get: <T>(token: Type<T> | symbol) => T;
}

const optionsOf = Symbol('service module');

/** A Nest module that is a whole service: `serve`, `startService` and the platform take one. */
export function ServiceModule(options: ServiceModuleOptions): ClassDecorator {
  const { imports, controllers, providers } = options;
  return (target) => {
    Reflect.defineMetadata(optionsOf, options, target);
    Module({ imports: imports ?? [], controllers: controllers ?? [], providers: providers ?? [] })(target);
  };
}

/** Throws for a class without the decorator. */
export function serviceOptions(module: Type): ServiceModuleOptions {
  const options = Reflect.getMetadata(optionsOf, module) as ServiceModuleOptions | undefined;
  if (options === undefined) throw new Error(`${module.name} is not a @ServiceModule`);
  return options;
}
