import { describe, expect, it } from '@jest/globals';
import { pageLanguage } from './page-language.ts';

describe('the language of a page of the issuer', () => {
  it.each([
    ['what the application asks for', 'es', 'en-US,en;q=0.9', 'es'],
    ['a language, whatever its region', 'es-MX', undefined, 'es'],
    ['the first that there is', 'fr de-CH es en', undefined, 'es'],
    ['what the browser asks for', undefined, 'fr-CH, es;q=0.9, en;q=0.8', 'es'],
    ['what the browser asks for, if the application names none of ours', 'fr', 'ES-ar', 'es'],
    ['English', undefined, '*', 'en'],
    ['English', 'fr', 'de', 'en'],
    ['English', 7, undefined, 'en'],
  ])('is %s', (_, uiLocales, acceptLanguage, language) => {
    expect(pageLanguage({ uiLocales, acceptLanguage })).toBe(language);
  });
});
