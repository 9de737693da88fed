import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventClasses, eventClassesOf, topicOf, topics } from './event-types.ts';
import * as door from './index.ts';

const root = join(process.cwd(), 'libs/contracts/src');

/** The catalogue of contract.md §3.2 with the later additions (README.md); a second, independent copy. */
const catalogue = [
  ...['created', 'changed', 'closed', 'reopened', 'need.added', 'need.settled', 'reroute.proposed'],
  ...['client.died', 'client.death-undone', 'client.contact-changed'],
  ...[
    ...['drafted', 'consent-awaited', 'sent', 'received', 'info-requested', 'info-replied', 'accepted', 'picked'],
    ...['decline-proposed', 'decline-returned', 'declined', 'redirected', 'progressed', 'held', 'resumed'],
    ...['completed', 'not-completed', 'withdrawal-requested', 'withdrawn', 'suspended', 'restored', 'expired'],
    ...['assigned', 'marked-in-error', 'reopened', 'escalated', 'return-path-changed', 'timer-moved', 'pool-changed'],
    ...['delivered', 'information-changed'],
  ].map((past) => `task.${past}`),
  ...['access.granted', 'access.ended', 'packet.opened', 'attachment.added', 'attachment.removed', 'label.shown'],
]
  .map((name) => `referral.${name}`)
  .concat(
    ['recorded', 'revoked', 'expired', 'permission.changed', 'request.opened', 'request.closed', 'watermark'].map(
      (name) => `consent.${name}`,
    ),
    [
      'consent.confirmed',
      'consent.expiring',
      'consent.ledger.anchored',
      'consent.ledger.verified',
      'consent.ledger.broken',
    ],
    ['notification.delivered', 'notification.failed'],
    ['organization.changed', 'area.changed', 'healthcare-service.changed', 'policy.changed'].map(
      (name) => `directory.${name}`,
    ),
    ['identity.person.changed'],
  );

describe('The registry of events', () => {
  it('is exactly the catalogue of the contract', () => {
    expect([...new Set(eventClasses.map(({ type }) => type))].sort()).toEqual([...catalogue].sort());
  });

  it('contains every event class that any file of contracts exports, and the index exports each one', async () => {
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.events.ts'),
    );
    const exported: unknown[] = [];
    for (const file of files) {
      const all = Object.values((await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>);
      exported.push(...all.filter((each) => typeof each === 'function' && 'type' in each));
    }
    expect(new Set(exported)).toEqual(new Set(eventClasses));
    expect(eventClasses.filter((each) => !Object.values(door).includes(each as never))).toEqual([]);
  });

  it('names each version of a type once, in lower case, with its topic', () => {
    const versions = eventClasses.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`);
    expect(new Set(versions).size).toBe(versions.length);
    for (const { type } of eventClasses) {
      expect(type).toMatch(/^[a-z]+(\.[a-z-]+)?\.[a-z-]+$/);
      expect(topics).toContain(topicOf(type));
    }
    expect(() => topicOf('weather.changed')).toThrow('no topic carries weather.changed');
  });

  it('returns the events of a service by their prefix', () => {
    expect(eventClassesOf('notification.').map(({ type }) => type)).toEqual([
      'notification.delivered',
      'notification.failed',
    ]);
  });

  it('makes an event whose type belongs to its class and is not a field', () => {
    const made = door.TaskReceived.of({
      referralId: 'r',
      taskId: 't',
      serviceRequestId: 's',
      respondBy: '2026-01-31T09:00:00.000Z',
    });
    expect(made.type).toBe('referral.task.received');
    expect(JSON.parse(JSON.stringify(made))).toEqual({
      referralId: 'r',
      taskId: 't',
      serviceRequestId: 's',
      respondBy: '2026-01-31T09:00:00.000Z',
    });
  });
});
