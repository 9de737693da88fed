import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { libraryLanguages } from '../vite/library-languages.ts';
import application from '../vite.config.ts';

/** The specimen page as a build of its own: it is never among the files that the platform serves. */
export default defineConfig({
  ...application,
  publicDir: false,
  plugins: [react(), libraryLanguages()],
  build: {
    ...application.build,
    outDir: '../../.cache/specimens',
    rolldownOptions: { ...application.build?.rolldownOptions, input: join(import.meta.dirname, 'index.html') },
  },
});
