import { Transform } from 'class-transformer';
import { field, OfText, type FieldOptions } from '../../fields.ts';
import { isDay } from '../calendar.ts';
import { isBirthDate } from './birth.ts';
import { hasLength } from '../limits.ts';
import { canonicalLanguage } from './language-tag.ts';
import { isName, tidyName } from './name.ts';

const nameMax = 100;
const phoneMax = 40;
const fewestDigits = 3;

/** A part of a person's name. Stored tidily; an empty text means absent. */
export const Name = (options: FieldOptions = {}): PropertyDecorator => {
  const allowed = `a name of 1 to ${nameMax} characters, with a letter, a number or a pictograph`;
  const tidy = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? stored(value) : value));
  const stored = (text: string): string | undefined => {
    if (text === '' && options.optional === true) return undefined;
    // an invalid name is refused in the form in which it was written
    return isName(text) ? tidyName(text) : text;
  };
  return field(
    'text',
    options,
    () => [
      tidy,
      OfText('name', (value) => value !== '' && isName(value), {
        message: '$property must be a name: it has at least one letter, number or pictograph',
        context: { allowed },
      }),
      OfText('nameLength', (value) => hasLength(value, nameMax), {
        message: `$property must be at most ${nameMax} characters`,
        context: { allowed },
      }),
    ],
    {
      maxLength: nameMax,
      description:
        'Stored in Unicode NFC, without outer blanks and with single blanks inside. An empty text means absent.',
    },
  );
};

/** A telephone number as a person writes it: with digits and any separators. */
export const Phone = (options: FieldOptions = {}): PropertyDecorator => {
  const allowed = `a telephone number of at least ${fewestDigits} digits and at most ${phoneMax} characters`;
  return field(
    'text',
    options,
    () => [
      OfText('phone', (value) => (value.match(/\p{Nd}/gu) ?? []).length >= fewestDigits, {
        message: `$property must be a telephone number: it has at least ${fewestDigits} digits`,
        context: { allowed },
      }),
      OfText('phoneLength', (value) => hasLength(value, phoneMax), {
        message: `$property must be at most ${phoneMax} characters`,
        context: { allowed },
      }),
    ],
    {
      maxLength: phoneMax,
      description:
        'A telephone number with at least 3 digits, in national or international form, with an optional extension. Stored as ' +
        'typed, and also as digits, so that a search finds it in any notation.',
    },
  );
};

/** A birth date as far as it is known. */
export const BirthDate = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'day',
    options,
    () => [
      OfText('birthDate', (value) => isBirthDate(value, isDay), {
        message: '$property must be a date, YYYY-MM-DD, or as much of it as is known: YYYY-MM or YYYY',
        context: { allowed: 'YYYY-MM-DD, YYYY-MM or YYYY' },
      }),
    ],
    {
      partial: true,
      window: 'birth',
      description: 'As far as it is known: `1980-02-03`, `1980-02` or `1980`; null if nothing is known.',
    },
  );

/** The language that a person speaks: any language, not only those of the user interface. */
export const LanguageTag = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'text',
    options,
    () => [
      Transform(({ value }: { value: unknown }) =>
        typeof value === 'string' ? (canonicalLanguage(value) ?? value) : value,
      ),
      OfText('languageTag', (value) => canonicalLanguage(value) !== undefined, {
        message: '$property must be a language tag (BCP 47), such as en, ar, pt-BR or zh-Hant',
        context: { allowed: 'a BCP 47 language tag of at most 35 characters' },
      }),
    ],
    { maxLength: 35, description: 'Any BCP 47 language tag, stored in its canonical form.' },
  );
