import { birthsAgree, sameName, type BirthDateText, type DuplicateBecause, type LikelyDuplicate } from '#contracts';
import type { CountryCode } from 'libphonenumber-js';
import { readPhone } from './phone.ts';

export interface Compared {
  readonly given?: string | null | undefined;
  readonly family?: string | null | undefined;
  readonly birthDate?: BirthDateText | null | undefined;
  /** Digits of the telephone number, in all forms. */
  readonly digits: readonly string[];
}

/**
 * Why two records may be about one person; empty if they probably are not. Two of name, birth and telephone number must
 * agree, or the name alone if a birth is not known; births that differ speak against it. This merges nobody.
 */
export function becauseOf(one: Compared, other: Compared): readonly DuplicateBecause[] {
  const known = isThere(one.birthDate) && isThere(other.birthDate);
  const because: DuplicateBecause[] = [
    ...(sameName(called(one), called(other)) ? (['same-name'] as const) : []),
    ...bornAlike(one.birthDate, other.birthDate),
    ...(one.digits.some((each) => other.digits.includes(each)) ? (['same-phone'] as const) : []),
  ];
  const enough = because.length >= 2 || (because.includes('same-name') && !known);
  return enough ? because : [];
}

interface Twin extends Omit<Compared, 'digits'> {
  readonly clientId: string;
  readonly phone?: string | null;
}

export function duplicatesAmong<Row extends Twin>(
  client: Omit<Twin, 'clientId'>,
  rows: readonly Row[],
  region: CountryCode,
): readonly (LikelyDuplicate & { readonly row: Row })[] {
  const digits = (phone: string | null | undefined): readonly string[] =>
    phone === null || phone === undefined ? [] : readPhone(phone, region).digits;
  const one = { ...client, digits: digits(client.phone) };
  return rows.flatMap((row) => {
    const because = becauseOf(one, { ...row, digits: digits(row.phone) });
    return because.length === 0 ? [] : [{ clientId: row.clientId, because, row }];
  });
}

function called({ given, family }: Compared): string {
  return `${given ?? ''} ${family ?? ''}`;
}

function bornAlike(
  one: BirthDateText | null | undefined,
  other: BirthDateText | null | undefined,
): readonly DuplicateBecause[] {
  if (!isThere(one) || !isThere(other) || !birthsAgree(one, other)) return [];
  return [one === other && one.length === 10 ? 'same-birth-date' : 'birth-date-agrees'];
}

function isThere(birth: BirthDateText | null | undefined): birth is BirthDateText {
  return birth !== null && birth !== undefined;
}
