import { saysSomething } from '../visible.ts';

/** Marks of direction that would turn round what is written after the name; a letter's own direction needs none. */
const turning = /[\u202a-\u202e\u2066-\u2069]/gu;
const blanks = /[\s\p{Z}\p{Cc}]+/gu;
/** What may stand around a name unseen. Not variation selectors: the one after a heart belongs to it. */
const around = String.raw`(?:[\s\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\uffa0]|\u034f)+`;
const outer = new RegExp(`^${around}|${around}$`, 'gu');

/** A name as it is stored: NFC, without outer blanks, one blank where several stood. */
export function tidyName(text: string): string {
  return text.replace(turning, '').replace(blanks, ' ').replace(outer, '').normalize('NFC');
}

/** A name has a letter, a number or a picture: not blanks, signs and what cannot be seen alone. */
export function isName(text: string): boolean {
  if (text.length > tooLong || !saysSomething(text)) return false;
  return wordsOf(text).some((word) => /[\p{L}\p{N}\p{Extended_Pictographic}\p{RI}]/u.test(word));
}

/** Signs that people write for an apostrophe; two of them are letters to Unicode, one falls apart into a blank and a mark. */
const apostrophes = /[\u2018\u2019\u201b\u2032\u02b9\u02bb-\u02bf\u02c8\u00b4`\uff07]/gu;
const signs = /[\p{P}$+<=>^`\|~]/v;
const everySign = new RegExp(signs, 'gv');
/** A text so long is no name; it is not looked at more closely. */
const tooLong = 400;
const ofLetters = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}])\p{Mn}+/gu;
const ignored = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u0640\u2800]/gv;

/** Letters that no normal form takes apart, and spellings of one letter; what the case of a letter gives is not here. */
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

/** By way of capitals, in which ß is SS and every σ is Σ. */
function lower(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** Accents, case and spelling taken away; blanks and signs stay. */
function plain(text: string): string {
  const small = lower(text.normalize('NFC').replace(apostrophes, "'"));
  const apart = small.normalize('NFKD').replace(ignored, '').replace(ofLetters, '$1');
  // what a sign such as ™ stands for is in capitals
  const folded = lower(apart).normalize('NFKD').replace(ofLetters, '$1');
  return folded.replace(apostrophes, "'").replace(special, (letter) => letters.get(letter) ?? letter);
}

/** The words of a text between its blanks, each with its signs. */
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

/** The longest key that is kept: what is asked is cut in the same way, so a longer name is still found. */
const longest = 80;
const key = (text: string): string => [...text].slice(0, longest).join('');
const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts.map(key))];

/**
 * The one folding of names, for what is stored: all words that a person may be asked for by, as they are written, taken
 * apart at signs, and run together, in either order of the two names.
 */
export function nameKeys(given: string, family: string): readonly string[] {
  const [first, last] = [wordsOf(given), wordsOf(family)];
  const runs = [first, last, [...first, ...last], [...last, ...first]].map((words) => words.map(joined).join(''));
  const words = [...first, ...last].flatMap((word) => [joined(word), ...parts(word)]);
  return distinct([...words, ...runs]).filter((each) => each !== '');
}

/**
 * And for what is asked: ways to read it, any of which may hold; each is a list of beginnings that all must be found. A
 * beginning that another one begins with says nothing more.
 */
export function nameReadings(asked: string): readonly (readonly string[])[] {
  const words = wordsOf(asked);
  const readings = [words.map(joined), words.flatMap(parts), [words.map(joined).join('')]];
  const told = readings.map((reading) => longestOnly(distinct(reading))).filter((reading) => reading.length > 0);
  return [...new Map(told.map((reading) => [reading.join(' '), reading])).values()];
}

function longestOnly(words: readonly string[]): readonly string[] {
  return words.filter((word) => !words.some((other) => other !== word && other.startsWith(word)));
}

/** Two names are the same where their words are, whatever their order, their accents and their signs. */
export function sameName(one: string, other: string): boolean {
  const folded = (text: string): string => wordsOf(text).map(joined).sort().join(' ');
  const run = (text: string): string => wordsOf(text).map(joined).join('');
  return folded(one) === folded(other) || run(one) === run(other);
}
