/** No control character but tab and line ends, nothing that stands for a character that could not be read. */
const unreadable = /[[\p{Cc}\p{Noncharacter_Code_Point}\ufffd]--[\t\n\r]]/v;

/** Whether a text can be stored and read again as what it is. */
export function isStorable(text: string): boolean {
  return !unreadable.test(text) && text.isWellFormed();
}

/** Whether the bytes of a file are a text: UTF-8, with or without its mark. Pages may be parted by a form feed. */
export function isTextFile(bytes: Uint8Array): boolean {
  try {
    return isStorable(new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\f', ''));
  } catch {
    return false;
  }
}
