import { useEffect, useMemo, type ReactElement, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { SpeechContext, type Speech } from './use-words.ts';
import { localeOf } from './vocabulary.ts';

export interface WordsProviderProps extends Omit<Speech, 'locale'> {
  /** The pseudo language of the specimens has a locale of its own. */
  readonly locale?: string;
  readonly children: ReactNode;
}

/** Stands around everything, and gives the library our language: without it a date field follows the browser's. */
export function WordsProvider({ children, ...props }: WordsProviderProps): ReactElement {
  const { words, language, locale = localeOf[language], zone, now } = props;
  const speech = useMemo(() => ({ words, language, locale, zone, now }), [words, language, locale, zone, now]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = isRightToLeft(locale) ? 'rtl' : 'ltr';
  }, [language, locale]);
  return (
    <I18nProvider locale={locale}>
      <SpeechContext value={speech}>{children}</SpeechContext>
    </I18nProvider>
  );
}

function isRightToLeft(locale: string): boolean {
  return ['Arab', 'Hebr'].includes(new Intl.Locale(locale).maximize().script ?? '');
}
