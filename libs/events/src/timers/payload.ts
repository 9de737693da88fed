import { fieldsFrom } from '../incoming/event-fields.ts';
import type { DueTimer } from './timer.ts';

/**
 * The payload of a due timer, as the class of its kind: ids and codes, by the field decorators of contracts. Unknown
 * fields are dropped, such as the cause. Throws where a field is missing or wrong, so that the timer is tried again and
 * then parked with that reason.
 */
export function payloadOf<Payload extends object>(
  payloadClass: new () => Payload,
  { kind, payload }: Pick<DueTimer, 'kind' | 'payload'>,
): Payload {
  const read = fieldsFrom(payloadClass, `the timer ${kind}`, payload);
  if (typeof read === 'string') throw new Error(read);
  return read;
}
