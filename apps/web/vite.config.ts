import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { libraryLanguages } from './vite/library-languages.ts';
import { precompressed } from './vite/precompressed.ts';

/** The oldest browsers that the application supports. */
const browsers = ['safari15.4', 'chrome105', 'edge105', 'firefox104'];

/** What the platform answers, and not the application: while developing, Vite passes it on. */
const platformPaths = '^/(?:api|oidc|\\.well-known|docs|docs-json|asyncapi\\.json|health|metrics|platform)(?:[/?]|$)';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), libraryLanguages(), precompressed()],
  // code lists come from the sources of libs/contracts, so the web builds before the server has
  resolve: { conditions: ['repo-source', ...defaultClientConditions] },
  build: {
    outDir: '../../dist/apps/web',
    emptyOutDir: true,
    target: browsers,
    // a browser without module preload loads a little later
    modulePreload: { polyfill: false },
    // the budgets are in budgets.json
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    // compressing takes longer than building, and is meant to
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  cacheDir: '../../.cache/vite',
  server: {
    // code lists and packages are outside of this folder
    fs: { allow: ['../..'] },
    // `npm run dev` names the platform's own address
    proxy: { [platformPaths]: { target: process.env.PLATFORM_ADDRESS ?? 'http://127.0.0.1:3000' } },
  },
});
