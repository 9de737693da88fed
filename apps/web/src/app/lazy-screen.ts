import { lazy, type ComponentType } from 'react';
import type { RouteComponent } from '@tanstack/react-router';
import { CodeMissing } from '../pieces/boundary/code-missing.ts';

/**
 * A screen whose code is loaded when its address is opened. The router has such a function too; that one reloads the page
 * by itself when code is missing, which would lose what is typed.
 */
export function lazyScreen<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
): RouteComponent {
  const read = async (): Promise<{ default: ComponentType }> => {
    try {
      return { default: (await load())[name] };
    } catch (cause) {
      throw new CodeMissing(cause);
    }
  };
  return Object.assign(lazy(read), { preload: async () => void (await read()) });
}
