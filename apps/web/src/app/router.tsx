import { createRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Fault } from '../pieces/boundary/fault.tsx';
import { parseSearch, stringifySearch } from './address/search-text.ts';
import { Frame } from './frame/frame.tsx';
import { Loading } from './frame/loading.tsx';
import { Missing } from './frame/missing.tsx';
import { root, routeTree } from './routes.ts';

root.update({ component: Frame, notFoundComponent: Missing });

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  // what a screen does not know is not given to it
  search: { strict: true },
  scrollRestoration: true,
  defaultPendingComponent: Loading,
  defaultErrorComponent: ScreenFault,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

function ScreenFault({ error, reset }: ErrorComponentProps): ReactElement {
  return <Fault around="screen" fault={error} onAgain={reset} />;
}
