import type { Plugin } from 'vite';

/** The languages that the application speaks; src/words has the same. */
const spoken = /^(?:en|es)-/;
const translation =
  /\/node_modules\/(?:react-aria|react-stately|@react-aria|@react-stately|react-aria-components)\/.*\/intl\/.*\/([a-z]{2}-[A-Z]{2})\.mjs$/;

/**
 * Leaves out the component library's texts in languages that nobody can choose: 14 KB of the first answer. A left-out
 * language must be undefined and not an empty object: then the library takes English, instead of failing at each text.
 */
export function libraryLanguages(): Plugin {
  return {
    name: 'library-languages',
    load(id) {
      const language = translation.exec(id)?.[1];
      return language === undefined || spoken.test(language) ? null : 'export default undefined;';
    },
  };
}
