import * as consentEvents from './consent/consent.events.ts';
import * as ledgerEvents from './consent/ledger.events.ts';
import * as directoryEvents from './directory/directory.events.ts';
import type { EventClass } from './envelope.ts';
import * as personEvents from './identity/person.events.ts';
import * as notificationEvents from './notifications/notification.events.ts';
import * as accessEvents from './referrals/access.events.ts';
import * as attachmentEvents from './referrals/attachment/attachment.events.ts';
import * as referralEvents from './referrals/referral.events.ts';
import * as readingEvents from './referrals/reading/reading.events.ts';
import { OfReferral } from './referrals/referral.events.ts';
import * as taskEvents from './referrals/task.events.ts';

/** Every published event class, by topic order then file order. */
export const eventClasses: readonly EventClass[] = [
  referralEvents,
  taskEvents,
  accessEvents,
  attachmentEvents,
  readingEvents,
  consentEvents,
  ledgerEvents,
  notificationEvents,
  directoryEvents,
  personEvents,
].flatMap((file) => Object.values(file).filter(isEventClass));

/** Event classes whose type starts with this: `referral.` for every event of referrals. */
export function eventClassesOf(prefix: string): readonly EventClass[] {
  return eventClasses.filter((each) => each.type.startsWith(prefix));
}

/**
 * Event classes of a referral's own stream. A label shown is in the reader's stream, because a page shows many referrals.
 */
export const eventsOfReferral: readonly EventClass[] = eventClasses.filter(
  (each) => (each as unknown as { readonly prototype: unknown }).prototype instanceof OfReferral,
);

/** The services that publish, and their topics (contract.md §3.1). */
export const topics = [
  'referrals.events',
  'consent.events',
  'notifications.events',
  'directory.events',
  'identity.events',
] as const;
export type Topic = (typeof topics)[number];
export const partitionsPerTopic = 6;

const topicByFirstWord: Readonly<Record<string, Topic>> = {
  referral: 'referrals.events',
  consent: 'consent.events',
  notification: 'notifications.events',
  directory: 'directory.events',
  identity: 'identity.events',
};

/** The topic of an event type. Throws for a type that nobody publishes. */
export function topicOf(type: string): Topic {
  const topic = topicByFirstWord[type.split('.')[0] ?? ''];
  if (topic === undefined) throw new Error(`no topic carries ${type}`);
  return topic;
}

function isEventClass(value: unknown): value is EventClass {
  return typeof value === 'function' && 'type' in value && 'schemaVersion' in value;
}
