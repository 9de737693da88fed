import type { ActorRole } from './codes/actor-role.ts';
import type { EventId, InstantText, OrganizationId } from './ids.ts';

/**
 * What every event class has in addition to its fields. `type` is a getter on the prototype, so it is not serialized
 * twice.
 */
export interface DomainEvent {
  readonly type: string;
}

/** An event class: the published name, the version of its field list, and a factory. */
export interface EventClass<E extends DomainEvent = DomainEvent> {
  new (): E;
  readonly type: E['type'];
  readonly schemaVersion: number;
}

/** The version of an event's field list. Throws if no event class made it. */
export function schemaVersionOf(event: DomainEvent): number {
  const made: object = event.constructor;
  if ('schemaVersion' in made && typeof made.schemaVersion === 'number') return made.schemaVersion;
  throw new Error(`${event.type} was not made by an event class`);
}

/** Who did it: a person, a system-client, or the platform itself (`system`, `timer`, with no ids). */
export interface EventActor {
  readonly id: string | null;
  readonly role: ActorRole;
  readonly organizationId: OrganizationId | null;
}

/**
 * An event as it is stored in a log and sent (CloudEvents 1.0, contract.md §3.1). `streamVersion` counts from 1 in each
 * stream; `key` is both the stream key and the message key; `subject` is `task/<id>` or similar.
 */
export interface EventEnvelope<E extends DomainEvent = DomainEvent> {
  readonly id: EventId;
  readonly type: E['type'];
  readonly schemaVersion: number;
  readonly source: string;
  readonly subject: string;
  readonly time: InstantText;
  readonly key: string;
  readonly streamVersion: number;
  readonly actor: EventActor;
  readonly causationId: string | null;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly event: E;
}

type Base = abstract new () => object;

/** The class that {@link event} makes: the base's fields, a literal `type`, and `of`. */
export interface EventBase<T extends string, B extends Base> {
  new (): InstanceType<B> & { readonly type: T };
  readonly type: T;
  readonly schemaVersion: number;
  of<E>(this: new () => E, fields: Omit<E, 'type'>): E;
}

class NoFields {}

/**
 * The base of an event class: `class TaskReceived extends event('referral.task.received', OfTask) { ... }`.
 * A changed meaning or a new required field is a new class with the next `schemaVersion` (architecture.md §6).
 */
export function event<const T extends string, B extends Base = typeof NoFields>(
  type: T,
  base?: B,
  schemaVersion = 1,
): EventBase<T, B> {
  abstract class Made extends ((base ?? NoFields) as new () => object) {
    static readonly type = type;
    static readonly schemaVersion = schemaVersion;

    static of<E extends object>(this: new () => E, fields: Omit<E, 'type'>): E {
      return Object.assign(new this(), fields);
    }

    get type(): T {
      return type;
    }
  }
  return Made as unknown as EventBase<T, B>;
}
