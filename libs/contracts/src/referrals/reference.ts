import type { ReferralId } from '../ids.ts';

/** Crockford's base 32: no I, L, O and U, so nothing is misread or misheard, and few words come out. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const referenceLength = 8;
const referencePattern = new RegExp(`^[${alphabet}]{${referenceLength}}$`);
const misread: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };

/**
 * What people say on the telephone instead of a name: the last 40 bits of the referral's id, which are random, as eight
 * characters of Crockford's base 32. Every event and row that names a referral so gives its reference too. Referrals
 * keeps them unique: an id whose reference is taken is not used.
 */
export function referenceOf(referralId: ReferralId): string {
  const bits = BigInt(`0x${referralId.slice(-10)}`);
  const places = Array.from({ length: referenceLength }, (_, place) => BigInt(5 * (referenceLength - 1 - place)));
  return places.map((place) => alphabet[Number((bits >> place) & 31n)]).join('');
}

/**
 * A reference as somebody typed it: in small letters, with blanks and hyphens (`k74q-2m9t`), with I, L and O for the
 * digits that they look like. Undefined for what cannot be one.
 */
export function readReference(typed: string): string | undefined {
  const read = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll(/[ILO]/g, (letter) => misread[letter] ?? letter);
  return referencePattern.test(read) ? read : undefined;
}
