import { saysSomething } from '../visible.ts';

/** Direction marks that would reverse the text after the name; a letter's own direction needs none. */
const turning = /[\u202a-\u202e\u2066-\u2069]/gu;
const blanks = /[\s\p{Z}\p{Cc}]+/gu;
/** Invisible characters that may surround a name. Not variation selectors: the one after a heart belongs to it. */
const around = String.raw`(?:[\s\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\uffa0]|\u034f)+`;
const outer = new RegExp(`^${around}|${around}$`, 'gu');

/** A name as it is stored: NFC, without outer blanks, and with single blanks inside. */
export function tidyName(text: string): string {
  return text.replace(turning, '').replace(blanks, ' ').replace(outer, '').normalize('NFC');
}

/** A name contains a letter, a number or a pictograph: not only blanks, punctuation and invisible characters. */
export function isName(text: string): boolean {
  if (text.length > tooLong || !saysSomething(text)) return false;
  return wordsOf(text).some((word) => /[\p{L}\p{N}\p{Extended_Pictographic}\p{RI}]/u.test(word));
}

/**
 * Characters that people write as an apostrophe; Unicode calls two of them letters, and decomposes one into a blank and a
 * mark.
 */
const apostrophes = /[\u2018\u2019\u201b\u2032\u02b9\u02bb-\u02bf\u02c8\u00b4`\uff07]/gu;
const signs = /[\p{P}$+<=>^`\|~]/v;
const everySign = new RegExp(signs, 'gv');
/** A longer text is not a name; it is not checked further. */
const tooLong = 400;
const ofLetters = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}])\p{Mn}+/gu;
const ignored = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u0640\u2800]/gv;

/** Letters that no normal form decomposes, and spelling variants of a letter; case folding covers the rest. */
const letters: ReadonlyMap<string, string> = new Map([
  ['ı', 'i'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['ŋ', 'n'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
  ['ß', 'ss'],
  ['ς', 'σ'],
  ['ی', 'ي'],
  ['ى', 'ي'],
  ['ک', 'ك'],
  ['ة', 'ه'],
]);
const special = new RegExp(`[${[...letters.keys()].join('')}]`, 'gu');

/** Via upper case, where ß is SS and every σ is Σ. */
function lower(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** Removes accents, case and spelling variants; keeps blanks and punctuation. */
function plain(text: string): string {
  const small = lower(text.normalize('NFC').replace(apostrophes, "'"));
  const apart = small.normalize('NFKD').replace(ignored, '').replace(ofLetters, '$1');
  // the decomposition of a symbol such as ™ is in upper case
  const folded = lower(apart).normalize('NFKD').replace(ofLetters, '$1');
  return folded.replace(apostrophes, "'").replace(special, (letter) => letters.get(letter) ?? letter);
}

/** The words of a text between its blanks, each with its punctuation. */
function wordsOf(text: string): readonly string[] {
  return plain(text)
    .split(blanks)
    .filter((word) => joined(word) !== '');
}

function joined(word: string): string {
  return word.replace(everySign, '');
}

function parts(word: string): readonly string[] {
  return word.split(signs).filter((part) => part !== '');
}

/** The longest stored key. A search is cut in the same way, so a longer name is still found. */
const longest = 80;
const key = (text: string): string => [...text].slice(0, longest).join('');
const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts.map(key))];

/**
 * Builds the stored keys of a name: all words by which a person may be searched, as they are written, split at
 * punctuation, and run together, in either order of the two names.
 */
export function nameKeys(given: string, family: string): readonly string[] {
  const [first, last] = [wordsOf(given), wordsOf(family)];
  const runs = [first, last, [...first, ...last], [...last, ...first]].map((words) => words.map(joined).join(''));
  const words = [...first, ...last].flatMap((word) => [joined(word), ...parts(word)]);
  return distinct([...words, ...runs]).filter((each) => each !== '');
}

/**
 * Builds the keys of a search with the same folding: alternative readings, any of which may match. Each is a list of
 * prefixes that must all be found. A prefix of another prefix adds nothing.
 */
export function nameReadings(asked: string): readonly (readonly string[])[] {
  const words = wordsOf(asked);
  const readings = [words.map(joined), words.flatMap(parts), [words.map(joined).join('')]];
  const useful = readings.map((reading) => longestOnly(distinct(reading))).filter((reading) => reading.length > 0);
  return [...new Map(useful.map((reading) => [reading.join(' '), reading])).values()];
}

function longestOnly(words: readonly string[]): readonly string[] {
  return words.filter((word) => !words.some((other) => other !== word && other.startsWith(word)));
}

/** Two names are equal if their words are, whatever the order, the accents and the punctuation. */
export function sameName(one: string, other: string): boolean {
  const folded = (text: string): string => wordsOf(text).map(joined).sort().join(' ');
  const run = (text: string): string => wordsOf(text).map(joined).join('');
  return folded(one) === folded(other) || run(one) === run(other);
}
