import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { seedOrganizationId, type ListedReferral, type ReferralView, type TaskView } from '#contracts';
import { Person, until, type Deployment } from './people.ts';
import {
  act,
  canary,
  canaryNames,
  clientOf,
  complete,
  consentFor,
  expectGone,
  inInbox,
  needBody,
  open,
  personId,
  task,
  type Items,
} from './scene.ts';

interface LedgerEntry {
  readonly kind: string;
  readonly taskId: string;
  readonly toOrganizationId: string;
  readonly disclosureId: string | null;
}

interface TimelineItem {
  readonly type: string;
  readonly taskId: string | null;
  readonly version: number;
}

interface StoryOptions {
  /** Wraps the chapter in which nobody waits for another service: it must run the chapter once. */
  readonly meanwhile?: (chapter: () => Promise<void>) => Promise<void>;
  /** How many seconds the others may then take to read it; by default 20. */
  readonly patience?: number;
}

/**
 * The story of contract.md §6.4, as people act and only through HTTP: housing is declined for no capacity and rerouted to
 * the second agency, which completes it. Mental health asks a question, gets an answer and completes. Employment waits
 * for consent, is sent once it is recorded, and completes. Then every side sees the same.
 */
export async function referralTravels(
  deployment: Deployment,
  { meanwhile = (chapter) => chapter(), patience }: StoryOptions = {},
): Promise<{ readonly referralId: string; readonly types: readonly string[] }> {
  const as = (login: string): Person => new Person(deployment, login);
  const dana = as('dana.planner');
  const [ines, ivan, iris, ilse] = ['ines.harbor', 'ivan.opendoor', 'iris.lakeside', 'ilse.workbridge'].map(as) as [
    Person,
    Person,
    Person,
    Person,
  ];
  const cora = as('cora.coordinator');

  // Given a patient who leaves on Friday, with three needs, written down before they are sent
  const draftId = randomUUID();
  await dana.post('/api/referrals/drafts', { draftId, kind: 'referral' });
  const typed = { device: 'laptop', content: JSON.stringify(clientOf()) };
  const saved = await dana.command('PUT', `/api/referrals/drafts/${draftId}/sections/who`, typed, 0);
  expect([saved.status, saved.text]).toEqual([200, expect.not.stringContaining(canary)]);
  const created = await dana.command('POST', '/api/referrals/referrals', {
    draftId,
    client: clientOf(),
    priority: 'urgent',
    needs: [
      needBody('housing', 'harbor-beds', [{ category: 'functional-needs', text: `Walks with a frame ${canary}` }]),
      needBody('mental-health', 'lakeside-clinic', [{ category: 'mental-health', text: `Depression ${canary}` }]),
      needBody('employment', 'workbridge-jobs', []),
    ],
  });
  expect([created.status, created.text]).toEqual([201, expect.any(String)]);
  expect(created.text).not.toContain(canary);
  const { referralId, clientId, needs } = created.body as ReferralView;
  const taskOf = (index: number): string => needs[index]?.tasks[0]?.taskId as string;
  const [housing, mentalHealth, employment] = [taskOf(0), taskOf(1), taskOf(2)];

  // When consent names Harbor House, Open Door and Lakeside, with the council as intermediary
  const consented = await dana.command(
    'POST',
    '/api/consent/consents',
    consentFor(
      clientId,
      ['harbor-house', 'open-door', 'lakeside'],
      ['core-contact', 'stated-need', 'functional-needs', 'mental-health'],
    ),
  );
  expect([consented.status, consented.text]).toEqual([201, expect.any(String)]);
  const after = `?after=${encodeURIComponent(consented.position ?? '')}`;

  // Then the first two are sent and the third waits for its own consent
  for (const taskId of [housing, mentalHealth]) {
    const { state } = await act(dana, taskId, 'send', {}, after);
    if (patience === undefined) expect(state).toBe('sent');
    // if the reader of consent's events has just ended, the Task waits for another reader and is then sent by itself
    await until(
      () => task(dana, taskId),
      (found) => found.state === 'sent',
      patience,
    );
  }
  expect((await act(dana, employment, 'send', {}, after)).state).toBe('awaiting-consent');

  // employment: sent once consent is recorded, without another click on send
  await until(
    () => dana.get<Items<{ taskId: string; closedAt: string | null }>>('/api/consent/requests?open=true'),
    ({ items }) => items.some((request) => request.taskId === employment),
    patience,
  );
  await dana.post('/api/consent/consents', consentFor(clientId, ['workbridge'], ['core-contact', 'stated-need']));
  await until(
    () => task(dana, employment),
    ({ state }) => state === 'sent',
    patience,
  );

  // housing: Harbor House has no place; Open Door is tried automatically
  await inInbox(ines, housing, patience);
  await act(ines, housing, 'acknowledge', {});
  await act(ines, housing, 'decline', { reason: 'no-capacity' });
  const rerouted = await until(
    () => dana.get<ReferralView>(`/api/referrals/referrals/${referralId}`),
    (referral) => referral.needs[0]?.tasks.some((each) => each.state === 'sent') === true,
    patience,
  );
  const second = rerouted.needs[0]?.tasks.find((each) => each.state === 'sent') as TaskView;
  expect(second.recipientOrganizationId).toBe(seedOrganizationId('open-door'));
  await inInbox(ivan, second.taskId, patience);
  await inInbox(iris, mentalHealth, patience);
  await expectGone(ines, housing);
  await meanwhile(async () => {
    await act(ivan, second.taskId, 'accept', { ownerId: personId('ivan.opendoor') });
    const packet = await open(ivan, second.taskId);
    expect(packet.client?.given).toBe(canaryNames.given);
    expect(packet.details.map((detail) => detail.category)).toEqual(['functional-needs']);
    await act(ivan, second.taskId, 'progress', {
      kind: 'appointment-booked',
      at: new Date().toISOString(),
    });
    await complete(ivan, second.taskId, 'housed');
    // Mental health: a question, its reply, and an outcome
    await act(iris, mentalHealth, 'ask', { question: `Which medication ${canary}?` });
  });
  await until(
    () => dana.get<Items<{ template: string; taskId: string }>>('/api/notifications/notifications?unread=true'),
    ({ items }) => items.some((each) => each.taskId === mentalHealth && each.template === 'task-question'),
    patience,
  );
  const asked = await dana.get<Items<{ kind: string }>>(`/api/referrals/tasks/${mentalHealth}/messages`);
  expect(asked.items.map((message) => message.kind)).toEqual(['question']);
  await act(dana, mentalHealth, 'reply', { reply: `Sertraline ${canary}` });
  await act(iris, mentalHealth, 'accept', { ownerId: personId('iris.lakeside') });
  const answered = await open(iris, mentalHealth);
  expect(answered.messages.map((message) => message.kind)).toEqual(['question', 'reply']);
  await complete(iris, mentalHealth, 'treatment-started');

  // employment goes through
  await inInbox(ilse, employment, patience);
  await act(ilse, employment, 'accept', { ownerId: personId('ilse.workbridge') });
  await open(ilse, employment);
  await complete(ilse, employment, 'employed');

  const opened = [second.taskId, mentalHealth, employment];
  const types = await everySideAgrees({ deployment, referralId, clientId, opened, dana, cora, patience });
  return { referralId, types };
}

/** Returns the timeline in its order. */
async function everySideAgrees(about: {
  readonly deployment: Deployment;
  readonly referralId: string;
  readonly clientId: string;
  readonly opened: readonly string[];
  readonly dana: Person;
  readonly cora: Person;
  readonly patience: number | undefined;
}): Promise<readonly string[]> {
  const { referralId, dana, cora, patience } = about;
  const closed = await until(
    () => dana.get<ReferralView>(`/api/referrals/referrals/${referralId}`),
    (referral) => referral.closed !== null,
    patience,
  );
  expect(closed.closed).toMatchObject({ code: 'closed-with-service', met: 3, partlyMet: 0, unmet: 0 });
  expect(closed.client?.family).toBe(canaryNames.family);
  const list = await dana.get<Items<ListedReferral>>('/api/referrals/referrals?open=false');
  expect(list.items.find((each) => each.referralId === referralId)?.needs.map((each) => each.state)).toEqual([
    'completed',
    'completed',
    'completed',
  ]);

  const timeline = await until(
    () =>
      cora.get<{ closed: unknown; items: readonly TimelineItem[] }>(
        `/api/coordination/referrals/${referralId}/timeline`,
      ),
    ({ items }) => items.some((item) => item.type === 'referral.closed'),
    patience,
  );
  const versions = timeline.items.map((item) => item.version);
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
  const types = timeline.items.map((item) => item.type);
  expect(types.filter((type) => type === 'referral.task.completed')).toHaveLength(3);
  expect(types.filter((type) => type === 'referral.task.declined')).toHaveLength(1);
  expect(JSON.stringify(timeline)).not.toContain(canary);

  const ledger = await until(
    () =>
      as(about.deployment, 'olga.privacy').get<Items<LedgerEntry>>(
        `/api/consent/disclosures?clientId=${about.clientId}`,
      ),
    ({ items }) => items.filter((entry) => entry.kind === 'opened').length === 3,
    patience,
  );
  expect(new Set(ledger.items.filter((entry) => entry.kind === 'opened').map((entry) => entry.taskId))).toEqual(
    new Set(about.opened),
  );
  const seenByCora = await cora.get<ReferralView>(`/api/referrals/referrals/${referralId}`);
  expect(seenByCora.client).toBeUndefined();
  expect(JSON.stringify(seenByCora)).not.toContain(canary);
  expect(seenByCora.needs.map((each) => each.result)).toEqual(['met', 'met', 'met']);
  return types;
}

function as(deployment: Deployment, login: string): Person {
  return new Person(deployment, login);
}
