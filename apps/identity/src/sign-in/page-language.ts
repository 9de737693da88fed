import { languages, type Language } from '#contracts';

/** What is known of the reader's languages: the application's `ui_locales`, and the browser's `Accept-Language`. */
export interface LanguagesWanted {
  readonly uiLocales: unknown;
  readonly acceptLanguage: string | undefined;
}

/** The first of our languages that the application names, otherwise the first that the browser names; else English. */
export function pageLanguage({ uiLocales, acceptLanguage = '' }: LanguagesWanted): Language {
  const named = typeof uiLocales === 'string' ? uiLocales.split(' ') : [];
  const wanted = [...named, ...acceptLanguage.split(',')].map((each) => each.trim().split(/[-;]/, 1)[0]?.toLowerCase());
  return wanted.map((each) => languages.find((ours) => ours === each)).find((each) => each !== undefined) ?? 'en';
}
