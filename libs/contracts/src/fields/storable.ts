/** No control characters except tab and line ends, and no replacement character for an unreadable one. */
const unreadable = /[[\p{Cc}\p{Noncharacter_Code_Point}\ufffd]--[\t\n\r]]/v;

/** Tells whether a text can be stored and read back unchanged. */
export function isStorable(text: string): boolean {
  return !unreadable.test(text) && text.isWellFormed();
}

/** Tells whether the bytes of a file are a text: UTF-8, with or without a byte order mark. Form feeds may separate pages. */
export function isTextFile(bytes: Uint8Array): boolean {
  try {
    return isStorable(new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\f', ''));
  } catch {
    return false;
  }
}
