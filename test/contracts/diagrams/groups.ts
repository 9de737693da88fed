import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { rosterProjection } from '#service';
import { services } from '../../../apps/platform/src/services.ts';

export interface Group {
  readonly service: string;
  readonly name: string;
  /** Types it reads. */
  readonly types: ReadonlySet<string>;
  /** `one`, `batch`, `watermark`. */
  readonly modes: ReadonlySet<string>;
}

/** Every group, from the `@Reads` metadata of the controllers' methods. */
export function groupsOfAll(): readonly Group[] {
  const found = new Map<string, { service: string; types: Set<string>; modes: Set<string> }>();
  for (const { name: service, module } of services) {
    for (const { group, type, mode } of [...controllersOf(module), rosterProjection(service)].flatMap(readsOf)) {
      const known = found.get(group) ?? { service, types: new Set(), modes: new Set() };
      found.set(group, known);
      known.types.add(type);
      known.modes.add(mode);
    }
  }
  return [...found].map(([name, group]) => ({ name, ...group }));
}

function controllersOf(module: object): readonly { readonly prototype: object }[] {
  return (Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? []) as readonly { readonly prototype: object }[];
}

interface Read {
  readonly group: string;
  readonly type: string;
  readonly mode: string;
}

function readsOf(controller: { readonly prototype: object }): readonly Read[] {
  return Object.values(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(({ value }) => {
    if (typeof value !== 'function') return [];
    const patterns = (Reflect.getMetadata(PATTERN_METADATA, value) ?? []) as readonly Omit<Read, 'mode'>[];
    const extras = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, value) as { readonly mode: string } | undefined;
    return patterns.map((pattern) => ({ ...pattern, mode: extras?.mode ?? 'one' }));
  });
}
