import { Invalid, type FieldFault } from '../../problems/form.problems.ts';
import type { ShellRequest } from '../../http/shell-request.ts';
import type { CommandRequest } from '../command-request.ts';

const keyPattern = /^[\x21-\x7e]{8,128}$/;
/** RFC 9110 §8.8.3. A proxy that compresses makes a tag weak, or adds to it what it compressed with: it is the same version. */
const versionPattern = /^(?:W\/)?"(0|[1-9]\d{0,9})(?:[-;:]{1,2}(?:gzip|br|zstd|deflate|df))?"$/;
/** A string of a structured field (RFC 9651 §3.3.3), as the draft of the header spells its key. */
const quotedPattern = /^"((?:[^"\\]|\\["\\])*)"$/;

/** A command as its headers tell it: what is left is the hash of the whole request. */
export type CommandHeaders = Omit<CommandRequest, 'requestHash'>;

/**
 * The headers of a ✎ route, checked: `Idempotency-Key` always, `If-Match` where it was sent. Throws {@link Invalid}
 * together with `others`, the faults of its body. That If-Match is missing is only noted: 428 comes after every 400.
 */
export function commandForm(
  request: ShellRequest,
  ifMatchRequired: boolean,
  others: readonly FieldFault[],
): CommandHeaders {
  const { actor } = request;
  if (actor === undefined) throw new Error('a command has an actor: a public route cannot be one');
  const key = unquoted(textOf(request.headers['idempotency-key']));
  const ifMatch = textOf(request.headers['if-match']);
  const version = ifMatch === undefined ? undefined : versionPattern.exec(ifMatch)?.[1];
  const faults = [...keyFaults(key), ...versionFaults(ifMatch, version), ...others];
  if (key === undefined || faults.length > 0) throw new Invalid(faults);
  return {
    actor,
    idempotencyKey: key,
    ...(version === undefined ? {} : { ifMatch: Number(version) }),
    ...(ifMatchRequired && version === undefined ? { ifMatchMissing: true } : {}),
    correlationId: request.correlationId,
    traceparent: request.traceparent,
  };
}

function keyFaults(key: string | undefined): FieldFault[] {
  if (key !== undefined && keyPattern.test(key)) return [];
  const message = key === undefined ? 'this request needs a key of its own' : 'the key is invalid';
  return [{ field: 'Idempotency-Key', message, allowed: '8 to 128 printable characters' }];
}

function versionFaults(ifMatch: string | undefined, version: string | undefined): FieldFault[] {
  if (ifMatch === undefined || version !== undefined) return [];
  const message = 'the version is invalid';
  return [{ field: 'If-Match', message, allowed: 'the one ETag that was read, such as "7"; no list and no *' }];
}

// With quotes or without, it is the same key: a client may change its library between two tries.
function unquoted(key: string | undefined): string | undefined {
  const inner = quotedPattern.exec(key ?? '')?.[1];
  return inner === undefined ? key : inner.replaceAll(/\\(["\\])/g, '$1');
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
