import { isEmail } from 'class-validator';

/** Longer than any address that a mail server accepts (RFC 5321): a longer text is not checked further. */
const mailAddressMax = 320;

export function isMailAddress(value: string): boolean {
  return value.length <= mailAddressMax && isEmail(value);
}

/**
 * Tells whether a text has at most this many characters; a character outside the basic plane counts once. It counts only
 * if the result depends on it, because the text may be a file of megabytes.
 */
export function hasLength(value: string, most: number): boolean {
  if (value.length <= most) return true;
  if (value.length > most * 2) return false;
  let characters = value.length;
  for (let at = 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at);
    // the second half of a surrogate pair
    if (unit >= 0xdc00 && unit <= 0xdfff) characters -= 1;
  }
  return characters <= most;
}

/** One pass, however long the list is. */
export function isWithoutDoubles(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length;
}
