import type { EventClass } from '../envelope.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Turns the fields of one earlier version into those of the newest class. */
export type Upcast = (fields: Fields) => Fields;

/** The newest version only allows more, such as a longer code list. What was valid before is still valid. */
export const unchanged: Upcast = (fields) => fields;

/**
 * The one place where readers learn to read earlier versions (architecture.md §6). One entry for each event class whose
 * `schemaVersion` is above 1, with a function for each earlier version.
 */
export const upcasts: Readonly<Record<string, Readonly<Record<number, Upcast>>>> = {
  'notification.delivered': { 1: unchanged, 2: unchanged },
  'notification.failed': { 1: unchanged, 2: unchanged },
  'referral.access.ended': { 1: unchanged, 2: unchanged },
  'referral.task.withdrawn': { 1: unchanged },
};

/** How this class reads fields of that version; undefined for a version that it cannot read. */
export function upcastTo(eventClass: Pick<EventClass, 'type' | 'schemaVersion'>, version: number): Upcast | undefined {
  return version === eventClass.schemaVersion ? unchanged : upcasts[eventClass.type]?.[version];
}
