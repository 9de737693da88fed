const longest = 35;
const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/**
 * A BCP 47 tag in its canonical form; undefined for an invalid one. A language is two letters that the list knows, or
 * three letters, for which no complete list exists.
 */
export function canonicalLanguage(text: string): string | undefined {
  if (text.length > longest) return undefined;
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text);
    const [language = ''] = tag.split('-');
    const known = language.length === 3 || (language.length === 2 && languageNames.of(language) !== undefined);
    return known && tag.length <= longest ? tag : undefined;
  } catch {
    return undefined;
  }
}

/** `pt-BR` and `pt` are understood by the same people. */
export function primaryLanguage(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
