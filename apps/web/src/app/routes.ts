import { createRootRoute, createRoute } from '@tanstack/react-router';
import { lazyScreen } from './lazy-screen.ts';

/**
 * Every path of the application: its search and the lazy import of its screen. A new first segment also stands in
 * apps/platform/src/web/screen-segments.ts, which says where the server answers with the application.
 */
export const root = createRootRoute();

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyScreen(() => import('../screens/sign-in/sign-in.screen.tsx'), 'SignInScreen'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyScreen(() => import('../screens/sign-in/sign-in.screen.tsx'), 'SignInScreen'),
});

export const routeTree = root.addChildren([home, signIn]);
