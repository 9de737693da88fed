import type { DomainEvent, EventClass } from '#contracts';

/**
 * What a handler subscribes to: a group and an event type. It is an object, because Nest chains handlers of the same
 * string, and then one failure rejects both (traps.md 30). Only {@link reads} makes it.
 */
export interface ReadPattern {
  readonly group: string;
  readonly type: string;
}

/** `one`: one event per transaction. `batch`: many events per transaction. `watermark`: after all events before it. */
export type ReadMode = 'one' | 'batch' | 'watermark';

/** What the decorators store beside a method's patterns, as Nest's `extras`. */
export interface ReadExtras {
  readonly mode: ReadMode;
  readonly events: readonly EventClass[];
  /** Tells whether two patterns select the same method. */
  readonly method: symbol;
}

const groupName = /^[a-z][a-z-]*\.[a-z][a-z-]*$/;

/** The pattern of an event class in a group. Groups are named `<service>.<purpose>`; any other name throws. */
export function reads<E extends DomainEvent>(group: string, event: EventClass<E>): ReadPattern {
  if (!groupName.test(group)) throw new Error(`"${group}" is not a group name: <service>.<purpose>`);
  return { group, type: event.type };
}
