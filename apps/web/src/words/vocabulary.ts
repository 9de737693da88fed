/** The languages of the application; words.spec.ts compares them with those of the contracts. */
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** Dates, numbers and the library's own texts follow this, not the browser: 12-hour clock, and US names of things. */
export const localeOf: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

export type Texts = Readonly<Record<string, string>>;
type File<Content extends Texts> = () => Promise<{ readonly default: Content }>;

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
/** The keys of a file, where `rows_one` and `rows_other` are one key, `rows`. */
type KeyIn<Name> = Name extends `${infer Base}_${Plural}` ? Base : Name;

/** A set of texts that is loaded as one: those of a screen, or a list of codes. `Key` are the keys of its English file. */
export interface Vocabulary<Key extends string = string> {
  readonly name: string;
  readonly files: Readonly<Record<Language, File<Texts>>>;
  /** Only the type is there. */
  readonly key?: Key;
}

/** Declares a vocabulary; its keys are typed by the English file. The name must be unique. */
export function vocabulary<English extends Texts>(
  name: string,
  files: { readonly en: File<English>; readonly es: File<Texts> },
): Vocabulary<KeyIn<keyof English & string>> {
  return { name, files };
}
