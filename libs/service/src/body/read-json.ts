import { isUtf8 } from 'node:buffer';
import { Invalid, type FieldFault } from '../problems/form.problems.ts';

/** More than any body of the contract holds; each is work for whoever reads it, however small. */
const mostValues = 10_000;

/**
 * The value that the bytes of a body say in JSON; undefined for an empty one. Throws {@link Invalid} for bytes that are
 * not UTF-8 (nothing is put in their place), for what is no JSON, and, before it is parsed, for a body of so many values
 * that to parse it would keep everybody else waiting.
 */
export function readJson(bytes: Buffer): unknown {
  const text = readText(bytes);
  if (text === '') return undefined;
  if (holdsTooMuch(bytes)) throw new Invalid([tooMuch]);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Invalid([notJson]);
  }
}

/** The text that bytes are in UTF-8, without a byte order mark. Throws {@link Invalid} where they are not. */
export function readText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Invalid([notUtf8]);
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

const notJson: FieldFault = { field: 'body', message: 'the body is not well-formed JSON', allowed: 'JSON' };
const notUtf8: FieldFault = {
  field: 'body',
  message: 'the body is not in UTF-8, so its letters cannot be told; nothing was stored',
  allowed: 'JSON in UTF-8',
};
const tooMuch: FieldFault = {
  field: 'body',
  message: 'the body holds more values than any request needs',
  allowed: `at most ${mostValues} values`,
};

const [quote, backslash, comma, bracket, brace] = [...'"\\,[{'].map((each) => each.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];

/** Counts what begins a value, outside texts, which are passed over at once however long they are. */
function holdsTooMuch(bytes: Buffer): boolean {
  let values = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = endOfText(bytes, at);
    else if (byte === comma || byte === bracket || byte === brace) values += 1;
    if (values > mostValues) return true;
  }
  return false;
}

/** Where the text that begins here ends; the end of the bytes where it never does. */
function endOfText(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(quote, start + 1); end !== -1; end = bytes.indexOf(quote, end + 1)) {
    let before = end;
    while (bytes[before - 1] === backslash) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return bytes.length;
}
