import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** The floor of web browsers that the application supports. */
const browsers = ['safari15.4', 'chrome105', 'edge105', 'firefox104'];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // code lists come from the sources of libs/contracts, so the web builds before the server has
  resolve: { conditions: ['repo-source', ...defaultClientConditions] },
  build: {
    outDir: '../../dist/apps/web',
    emptyOutDir: true,
    target: browsers,
    // every browser of the list has module preload
    modulePreload: { polyfill: false },
    // `npm run budgets` has the limits
    chunkSizeWarningLimit: 2000,
  },
});
