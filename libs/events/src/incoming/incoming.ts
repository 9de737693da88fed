import { actorRoles, upcastTo } from '#contracts';
import type { ActorRole, DomainEvent, EventClass, EventEnvelope, Upcast } from '#contracts';
import { headerNames } from '../cloud-events.ts';
import type { IncomingMessage } from '../messages.ts';
import { eventFrom } from './event-fields.ts';

/** The message cannot be read as this event class, now or later: it is parked without another try. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const versionText = /^[1-9]\d{0,8}$/;
/** Stream keys are UUIDs; PostgreSQL cannot index a value longer than about 2,700 bytes. */
const LONGEST_KEY = 200;
const source = /^\/?[a-z][a-z-]*$/;

/** PostgreSQL text cannot contain NUL. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}

/**
 * The lane of a message, readable or not. A message without a key gets a lane of its own, so that nothing waits behind
 * it.
 */
export function laneOf(message: IncomingMessage): string {
  return message.key === null || message.key === '' ? placeOf(message) : storable(message.key).slice(0, LONGEST_KEY);
}

/** `referrals.events/3/1207` */
export function placeOf({ topic, partition, offset }: IncomingMessage): string {
  return `${topic}/${partition}/${offset}`;
}

/** The event's id, or its place if it has no id. */
export function idOf(message: IncomingMessage): string {
  const id = message.headers[headerNames.id];
  return id === undefined || !uuid.test(id) ? placeOf(message) : id;
}

/** The stream position of a message that no handler here reads; undefined if the message does not name one. */
export function streamPlaceOf(message: IncomingMessage): { source: string; key: string; version: number } | undefined {
  const from = message.headers[headerNames.source] ?? '';
  const version = message.headers[headerNames.streamVersion] ?? '';
  if (message.key === null || !source.test(from) || !versionText.test(version)) return undefined;
  return { source: serviceOf(from), key: laneOf(message), version: Number(version) };
}

/** The type that a message claims. Undefined if it is not a CloudEvent. */
export function typeOf(message: IncomingMessage): string | undefined {
  return message.headers[headerNames.type];
}

/** Returns the publishing service (`referrals`) of a source header (`/referrals`). */
export function serviceOf(sourceHeader: string): string {
  return sourceHeader.replace(/^\//, '');
}

/**
 * Parses a message: CloudEvents headers in binary mode, the value as the fields of `eventClass`. Unknown fields are
 * dropped, so that a newer writer does not break an older reader (architecture.md §6). Throws {@link Unreadable} with a
 * sentence that names the header or field, never its value.
 */
export function envelopeOf<E extends DomainEvent>(
  message: IncomingMessage,
  eventClass: EventClass<E>,
): EventEnvelope<E> {
  const upcast = upcastOf(message, eventClass);
  const key = checked(message, headerNames.partitionKey, (value) => value.length > 0 && value.length <= LONGEST_KEY);
  if (message.key !== key) throw new Unreadable(`${headerNames.partitionKey} differs from the message's key`);
  return {
    id: checked(message, headerNames.id, (value) => uuid.test(value)),
    type: eventClass.type,
    schemaVersion: eventClass.schemaVersion,
    source: checked(message, headerNames.source, (value) => source.test(value)),
    subject: checked(message, headerNames.subject, (value) => value.length > 0),
    time: checked(message, headerNames.time, (value) => instant.test(value)),
    key,
    streamVersion: Number(checked(message, headerNames.streamVersion, (value) => versionText.test(value))),
    actor: {
      id: optional(message, headerNames.actorId),
      role: checked(message, headerNames.actorRole, isActorRole) as ActorRole,
      organizationId: optional(message, headerNames.actorOrg),
    },
    causationId: optional(message, headerNames.causationId),
    correlationId: checked(message, headerNames.correlationId, (value) => value.length > 0),
    traceparent: optional(message, headerNames.traceparent),
    event: fieldsFrom(message, eventClass, upcast),
  };
}

/** Checks only the schema and the fields of a watermark, because it belongs to no stream. Throws {@link Unreadable}. */
export function markOf<E extends DomainEvent>(message: IncomingMessage, eventClass: EventClass<E>): E {
  return fieldsFrom(message, eventClass, upcastOf(message, eventClass));
}

/** An earlier version is upcast to the newest; an unknown version is unreadable. */
function upcastOf(message: IncomingMessage, eventClass: EventClass): Upcast {
  checked(message, headerNames.specVersion, (value) => value === '1.0');
  const schema = checked(message, headerNames.dataSchema, (value) => value.startsWith('urn:schema:'));
  const [, type, version] = /^urn:schema:(.+):([1-9]\d{0,5})$/.exec(schema) ?? [];
  const upcast = type === eventClass.type ? upcastTo(eventClass, Number(version)) : undefined;
  if (upcast !== undefined) return upcast;
  const known = `urn:schema:${eventClass.type}:${eventClass.schemaVersion}`;
  throw new Unreadable(`its schema is ${schema.slice(0, 120)}; this reader knows ${known}`);
}

function fieldsFrom<E extends DomainEvent>(message: IncomingMessage, eventClass: EventClass<E>, upcast: Upcast): E {
  const event = eventFrom(eventClass, upcast(parsed(message.value)));
  if (typeof event === 'string') throw new Unreadable(event);
  return event;
}

function parsed(value: string): Readonly<Record<string, unknown>> {
  let raw: unknown;
  try {
    raw = JSON.parse(value);
  } catch {
    throw new Unreadable('its value is not JSON');
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new Unreadable('its value is not an object');
  return raw as Readonly<Record<string, unknown>>;
}

function checked(message: IncomingMessage, name: string, good: (value: string) => boolean): string {
  const value = message.headers[name];
  if (value === undefined) throw new Unreadable(`the header ${name} is missing`);
  if (value.includes('\0') || !good(value)) throw new Unreadable(`the header ${name} is malformed`);
  return value;
}

function optional(message: IncomingMessage, name: string): string | null {
  const value = message.headers[name];
  return value === undefined || value === '' ? null : value;
}

function isActorRole(value: string): boolean {
  return (actorRoles as readonly string[]).includes(value);
}
