import { isEmail } from 'class-validator';

/** Longer than any address that a mail server takes (RFC 5321): so long a text is not looked at more closely. */
const mailAddressMax = 320;

export function isMailAddress(value: string): boolean {
  return value.length <= mailAddressMax && isEmail(value);
}

/**
 * Whether a text has at most so many characters, a character outside the basic plane counting once. Counts only where
 * the answer hangs on it: the text may be a file of megabytes.
 */
export function hasLength(value: string, most: number): boolean {
  if (value.length <= most) return true;
  if (value.length > most * 2) return false;
  let characters = value.length;
  for (let at = 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at);
    // the second half of a pair
    if (unit >= 0xdc00 && unit <= 0xdfff) characters -= 1;
  }
  return characters <= most;
}

/** One pass, however long the list. */
export function isWithoutDoubles(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length;
}
