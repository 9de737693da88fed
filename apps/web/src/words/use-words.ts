import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { createDates, type Dates } from './dates.ts';
import { frameWords } from './frame.words.ts';
import type { Language, Vocabulary } from './vocabulary.ts';
import type { Say, Values, Words } from './words.ts';

export interface Speech {
  readonly words: Words;
  readonly language: Language;
  /** The locale of dates and numbers, and of the library's own texts. */
  readonly locale: string;
  /** IANA name of the organization's time zone. */
  readonly zone: string;
  /** The server's time in milliseconds. */
  readonly now: () => number;
}

export const SpeechContext = createContext<Speech | null>(null);

/** Language, locale and zone. Throws outside a `WordsProvider`. */
export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === null) throw new Error('no WordsProvider above this component');
  return speech;
}

/** Says the texts of a vocabulary. It suspends until they are there. */
export function useWords<Key extends string>(vocabulary: Vocabulary<Key>): Say<Key> {
  const { words, language } = useSpeech();
  // always: React repeats a component that suspended, and it must then ask for the same
  use(words.load(vocabulary, language));
  return useMemo(() => words.say(vocabulary, language), [words, vocabulary, language]);
}

/** Dates in the words of the language, in the zone of the organization. It suspends until the words are there. */
export function useDates(): Dates {
  const { locale, zone } = useSpeech();
  const say = useWords(frameWords);
  return useMemo(() => createDates({ locale, zone, say }), [locale, zone, say]);
}

const minute = 60_000;

/** The server's time, new at each minute: words such as "4 hours late" follow it. */
export function useNow(): number {
  const { now } = useSpeech();
  return useSyncExternalStore(eachMinute, () => Math.floor(now() / minute) * minute);
}

function eachMinute(changed: () => void): () => void {
  const timer = setInterval(changed, minute / 4);
  return () => {
    clearInterval(timer);
  };
}

const mark = '\u0000';

/** A sentence with elements at some of its places: `{{agency}}` may be a link. The sentence itself is one text. */
export function sayWith<Key extends string>(
  say: Say<Key>,
  key: Key,
  elements: Readonly<Record<string, ReactNode>>,
  values: Values = {},
): readonly ReactNode[] {
  const marked = Object.fromEntries(Object.keys(elements).map((name) => [name, mark + name + mark]));
  return say(key, { ...values, ...marked })
    .split(mark)
    .map((part, place) => (place % 2 === 0 ? part : elements[part]));
}
