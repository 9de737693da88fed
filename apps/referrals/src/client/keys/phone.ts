import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** A telephone number as it was typed, and as a number if it is one. */
export interface ReadPhone {
  /** E.164; null if it cannot be dialled from abroad, such as a short code or an old form. */
  readonly number: string | null;
  readonly extension: string | null;
  /** Digits by which it is found. */
  readonly digits: readonly string[];
}

/** `region`: the region of a number in national form. */
export function readPhone(text: string, region: CountryCode): ReadPhone {
  const { typed, bare, parsed, impossible = '' } = read(text, region);
  if (parsed === undefined) return { number: null, extension: null, digits: distinct([typed, impossible]) };
  const { number, ext = null, nationalNumber } = parsed;
  const national = digitsIn(parsed.format('NATIONAL', { formatExtension: () => '' }));
  return { number, extension: ext, digits: distinct([typed, bare, digitsIn(number), nationalNumber, national]) };
}

/** How the number of a query may be stored: in international form only that one, otherwise every number it may be. */
export function askedPhone(
  text: string,
  region: CountryCode,
): { readonly digits: readonly string[]; readonly extension: string | null } {
  const { typed, bare, parsed } = read(text, region);
  const number = parsed === undefined ? [] : [digitsIn(parsed.number)];
  const asTyped = parsed !== undefined && isInternational(text) ? [] : [typed, bare];
  return { digits: distinct([...number, ...asTyped]), extension: parsed?.ext ?? null };
}

interface Parsed {
  readonly typed: string;
  /** Without the extension. */
  readonly bare: string;
  readonly parsed: ReturnType<typeof parsePhoneNumberFromString>;
  /** Without the country code, for a number that cannot exist. */
  readonly impossible?: string;
}

function read(text: string, region: CountryCode): Parsed {
  const ascii = inAsciiDigits(text);
  const typed = digitsIn(ascii);
  const found = parsePhoneNumberFromString(dialledFrom(ascii), region);
  const parsed = found?.isPossible() === true ? found : undefined;
  const ext = parsed?.ext ?? '';
  const bare = ext !== '' && typed.endsWith(ext) ? typed.slice(0, -ext.length) : typed;
  return { typed, bare, parsed, ...(parsed === undefined && found ? { impossible: found.nationalNumber } : {}) };
}

/** Most of the world dials abroad with `00`; the library reads the prefixes of the other regions. */
function dialledFrom(text: string): string {
  return text.trim().replace(/^00(?=[\s\d])/u, '+');
}

function isInternational(text: string): boolean {
  return /^\D*\+|^\D*(00|011)\d/u.test(inAsciiDigits(text).replaceAll(/[\s()-]/gu, ''));
}

function digitsIn(text: string): string {
  return text.replaceAll(/\D/gu, '');
}

/** Turns the digits of any script into ASCII digits: in each script the ten digits are consecutive from zero. */
function inAsciiDigits(text: string): string {
  return text.normalize('NFKC').replaceAll(/\p{Nd}/gu, (digit) => String(valueOf(digit.codePointAt(0) ?? 0)));
}

function valueOf(codePoint: number): number {
  let zero = codePoint;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && codePoint - zero < 9) zero -= 1;
  return codePoint - zero;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== ''))];
}
