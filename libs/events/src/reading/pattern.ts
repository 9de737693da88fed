import type { DomainEvent, EventClass } from '#contracts';

/**
 * What a handler answers to: a group and an event type. An object, because Nest chains handlers of the same string and
 * one failure then rejects both (traps.md 30); made by {@link reads} alone.
 */
export interface ReadPattern {
  readonly group: string;
  readonly type: string;
}

/** `one`: one event, one transaction. `batch`: many events, one transaction. `watermark`: after all before it. */
export type ReadMode = 'one' | 'batch' | 'watermark';

/** What the decorators leave beside a method's patterns, as Nest's `extras`. */
export interface ReadExtras {
  readonly mode: ReadMode;
  readonly events: readonly EventClass[];
  /** Tells whether two patterns lead to the same method. */
  readonly method: symbol;
}

const groupName = /^[a-z][a-z-]*\.[a-z][a-z-]*$/;

/** The pattern of an event class in a group. Groups are named `<service>.<purpose>`; throws for another shape. */
export function reads<E extends DomainEvent>(group: string, event: EventClass<E>): ReadPattern {
  if (!groupName.test(group)) throw new Error(`"${group}" is no group name: <service>.<purpose>`);
  return { group, type: event.type };
}
