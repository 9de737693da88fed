import { isUtf8 } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Invalid, type FieldFault } from '../problems/form.problems.ts';

/** More values than any body of the contract has; each costs work, however small it is. */
const mostValues = 10_000;

/** This many bytes are counted in one turn of the event loop: a few milliseconds of work. */
const stretch = 1024 * 1024;

/** For a larger body each step is a turn of its own, so that others are served in between. */
const largeBody = 512 * 1024;

/**
 * Parses the bytes of a body as JSON; undefined for an empty body. Throws {@link Invalid} for bytes that are not UTF-8
 * (they are not replaced) and for invalid JSON. It also throws, before parsing, for a body with so many values that
 * parsing it would block everybody else.
 */
export async function readJson(bytes: Buffer): Promise<unknown> {
  const pause = (): Promise<void> | void => (bytes.length > largeBody ? nextTurn() : undefined);
  await pause();
  const text = readText(bytes);
  await pause();
  const values = valuesIn(bytes);
  for (let counted = values.next(); !counted.done; counted = values.next()) {
    if (counted.value > mostValues) throw new Invalid([tooMuch]);
    await pause();
  }
  const value = text === '' ? undefined : parsed(text);
  await pause();
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Invalid([notJson]);
  }
}

/** Decodes bytes as UTF-8, without a byte order mark. Throws {@link Invalid} if they are not UTF-8. */
export function readText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Invalid([notUtf8]);
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

const notJson: FieldFault = { field: 'body', message: 'the body is not well-formed JSON', allowed: 'JSON' };
const notUtf8: FieldFault = {
  field: 'body',
  message: 'the body is not in UTF-8, so it cannot be read; nothing was stored',
  allowed: 'JSON in UTF-8',
};
const tooMuch: FieldFault = {
  field: 'body',
  message: 'the body contains more values than any request needs',
  allowed: `at most ${mostValues} values`,
};

const [quote, backslash, comma, bracket, brace] = [...'"\\,[{'].map((each) => each.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];

/** Counts the starts of values outside texts; yields the count so far after each stretch, and at the end. */
function* valuesIn(bytes: Buffer): Generator<number, undefined> {
  let values = 0;
  let isText = false;
  let stretchEnds = stretch;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) isText = !isText;
    else if (isText) at += byte === backslash ? 1 : 0;
    else if (byte === comma || byte === bracket || byte === brace) values += 1;
    if (at < stretchEnds) continue;
    yield values;
    stretchEnds = at + stretch;
  }
  yield values;
}
