import { createInstance, type i18n } from 'i18next';
import type { Language, Texts, Vocabulary } from './vocabulary.ts';

export type Values = Readonly<Record<string, string | number>>;

/** Says a text; `count` chooses its plural. */
export type Say<Key extends string> = (key: Key, values?: Values) => string;

export interface WordsOptions {
  /** Called for a key or a value that is not there. Tests and specimens throw; without it the place stays empty. */
  readonly onMissing?: (what: string) => void;
  /** Changes every text as it is loaded: the pseudo language of the specimens. */
  readonly change?: (text: string) => string;
}

/** React reads the state of a promise from this field, and waits a moment for one without it. */
const loaded = Object.assign(Promise.resolve(), { status: 'fulfilled' });

/** The texts that are loaded, by language and vocabulary. */
export class Words {
  private readonly i18next: i18n;
  private readonly loading = new Map<string, Promise<void>>();

  constructor(private readonly options: WordsOptions = {}) {
    const missing = (what: string): string => {
      options.onMissing?.(what);
      return '';
    };
    this.i18next = createInstance({
      resources: {},
      fallbackLng: false,
      keySeparator: false,
      nsSeparator: false,
      initAsync: false,
      interpolation: { escapeValue: false },
      parseMissingKeyHandler: missing,
      missingInterpolationHandler: (text: string, match: RegExpExecArray) => missing(`${match[1]} in "${text}"`),
    });
    void this.i18next.init();
  }

  has(vocabulary: Vocabulary, language: Language): boolean {
    return this.i18next.hasResourceBundle(language, vocabulary.name);
  }

  /**
   * Loads the texts of a vocabulary in one language, once; a load that failed is tried again. Where they are there, `use`
   * of the result does not suspend.
   */
  load(vocabulary: Vocabulary, language: Language): Promise<void> {
    if (this.has(vocabulary, language)) return loaded;
    const name = `${language} ${vocabulary.name}`;
    const begun = this.loading.get(name) ?? this.read(vocabulary, language);
    this.loading.set(name, begun);
    begun.catch(() => this.loading.delete(name));
    return begun;
  }

  add(vocabulary: Vocabulary, language: Language, texts: Texts): void {
    const { change = (text) => text } = this.options;
    const changed = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, change(text)]));
    this.i18next.addResourceBundle(language, vocabulary.name, changed);
  }

  /** The texts of a vocabulary that is loaded. */
  say<Key extends string>(vocabulary: Vocabulary<Key>, language: Language): Say<Key> {
    // keys are typed by the vocabulary; i18next would type them by one list of all
    const t = this.i18next.getFixedT(language, vocabulary.name) as (key: string, values: Values) => string;
    return (key, values = {}) => t(key, values);
  }

  private async read(vocabulary: Vocabulary, language: Language): Promise<void> {
    const { default: texts } = await vocabulary.files[language]();
    this.add(vocabulary, language, texts);
  }
}

/** With a capital at its beginning: codes have words in small letters, because most stand within a line. */
export function capitalized(text: string, locale: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}
