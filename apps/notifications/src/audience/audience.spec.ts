import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  eventsOfReferral,
  milestones,
  templates,
  timerNames,
  AccessEnded,
  TaskDeclined,
  TaskEscalated,
  type Milestone,
  type Role,
  type Template,
  type TimerName,
} from '#contracts';
import { endsAlwaysReported } from '#tracking';
import { audienceOf } from './audience.ts';
import type { Recipient, Parties } from './addressee.ts';
import {
  notificationRules,
  ruleFor,
  type SourceEvent,
  type SourceType,
  type NotificationRule,
} from './notification-rule.ts';

const sender = 'organization-hospital';
const agency = 'organization-agency';
const council = 'organization-council';

function person(personId: string, organizationId: string, ...roles: readonly Role[]): Recipient {
  const organizationKind =
    organizationId === council ? 'coordinating-body' : organizationId === sender ? 'hospital' : 'agency';
  return { personId, organizationId, networkId: 'network', organizationKind, roles };
}

const people: readonly Recipient[] = [
  person('creator', sender, 'discharge-planner'),
  person('other-planner', sender, 'discharge-planner'),
  person('sender-admin', sender, 'organization-admin'),
  person('sender-privacy', sender, 'privacy-officer'),
  person('intake', agency, 'intake-worker'),
  person('agency-admin', agency, 'organization-admin'),
  person('coordinator', council, 'coordinator'),
  person('network-admin', council, 'network-admin'),
  person('council-privacy', council, 'privacy-officer'),
  person('stranger', 'organization-other', 'intake-worker', 'organization-admin'),
];

const sent: Parties = {
  senderOrganizationId: sender,
  creatorId: 'creator',
  task: { agencyIds: [agency], sent: true, returnPath: 'outcome' },
};

function recipientsFor(rule: NotificationRule | 'nobody', parties: Parties = sent, among = people): readonly string[] {
  if (rule === 'nobody') return [];
  return audienceOf(rule, parties, among)
    .recipients.map((each) => each.personId)
    .sort();
}

const theAgency = ['agency-admin', 'intake'];
const ids = {
  referralId: '0190a0c0-0000-7000-8000-000000000001',
  taskId: '0190a0c0-0000-7000-8000-000000000002',
  serviceRequestId: '0190a0c0-0000-7000-8000-000000000003',
};

/** Contract.md §3.2 once more, typed from the document: template, recipients, and what `none` hides from the sender. */
type Expected = readonly [Template, readonly string[], 'hidden by return path none'?] | 'nobody' | 'by its fields';
const expected: Readonly<Record<SourceType, Expected>> = {
  'referral.created': 'nobody',
  'referral.changed': 'nobody',
  'referral.closed': ['referral-closed', ['creator'], 'hidden by return path none'],
  'referral.reopened': 'nobody',
  'referral.need.added': 'nobody',
  'referral.need.settled': 'nobody',
  'referral.reroute.proposed': ['reroute-proposed', ['coordinator', 'creator']],
  'referral.client.died': ['everything-ended', ['coordinator', 'creator']],
  'referral.client.death-undone': 'nobody',
  'referral.client.contact-changed': 'nobody',
  'referral.task.drafted': 'nobody',
  'referral.task.consent-awaited': ['consent-needed', ['creator']],
  'referral.task.sent': ['task-sent', theAgency],
  'referral.task.delivered': 'nobody',
  'referral.task.received': ['task-received', ['creator'], 'hidden by return path none'],
  'referral.task.info-requested': ['task-question', ['creator'], 'hidden by return path none'],
  'referral.task.info-replied': ['task-reply', theAgency],
  'referral.task.accepted': ['task-accepted', ['creator'], 'hidden by return path none'],
  'referral.task.picked': 'nobody',
  'referral.task.decline-proposed': ['task-decline-proposed', ['coordinator']],
  'referral.task.decline-returned': ['task-decline-returned', theAgency],
  'referral.task.declined': 'by its fields',
  'referral.task.redirected': ['task-redirected', ['creator']],
  'referral.task.progressed': 'nobody',
  'referral.task.held': ['task-held', ['creator'], 'hidden by return path none'],
  'referral.task.resumed': ['task-resumed', ['creator'], 'hidden by return path none'],
  'referral.task.completed': ['task-completed', ['creator'], 'hidden by return path none'],
  'referral.task.not-completed': ['task-not-completed', ['creator'], 'hidden by return path none'],
  'referral.task.withdrawal-requested': ['task-withdrawal-requested', theAgency],
  'referral.task.withdrawn': ['task-withdrawn', theAgency],
  'referral.task.suspended': ['task-suspended', [...theAgency, 'creator'].sort(), 'hidden by return path none'],
  'referral.task.restored': ['task-restored', [...theAgency, 'creator'].sort(), 'hidden by return path none'],
  'referral.task.expired': ['task-expired', ['coordinator', 'creator']],
  'referral.task.assigned': 'nobody',
  'referral.task.marked-in-error': 'nobody',
  'referral.task.reopened': 'nobody',
  'referral.task.escalated': 'by its fields',
  'referral.task.return-path-changed': 'nobody',
  'referral.task.information-changed': ['new-information', theAgency],
  'referral.task.timer-moved': 'nobody',
  'referral.task.pool-changed': 'nobody',
  'referral.access.granted': 'nobody',
  'referral.access.ended': 'by its fields',
  'referral.packet.opened': 'nobody',
  'referral.attachment.added': 'nobody',
  'referral.attachment.removed': 'nobody',
};

const types = Object.keys(expected) as readonly SourceType[];
const plain = types.filter((type) => expected[type] !== 'by its fields');

/** Rules of plain types do not look at the event. */
const ruleOfPlain = (type: SourceType): NotificationRule | 'nobody' => ruleFor(type, {} as SourceEvent);

describe('the audience of each event', () => {
  it.each(plain)('%s is as the catalogue says', (type) => {
    const rule = ruleOfPlain(type);
    const line = expected[type];
    if (line === 'nobody') return expect(rule).toBe('nobody');
    expect({ template: rule === 'nobody' ? null : rule.template, recipients: recipientsFor(rule) }).toEqual({
      template: line[0],
      recipients: line[1],
    });
  });

  it.each(plain)('%s reports no more than a return path of none allows', (type) => {
    const line = expected[type];
    const hidden = line !== 'nobody' && line[2] !== undefined;
    const closed: Parties = { ...sent, task: { agencyIds: [agency], sent: true, returnPath: 'none' } };
    const notified = line === 'nobody' ? [] : (line[1] as readonly string[]);
    const others = notified.filter((each) => each !== 'creator');
    expect(recipientsFor(ruleOfPlain(type), closed)).toEqual(hidden ? others : notified);
  });

  it.each(Object.values(endsAlwaysReported))('%s is never hidden, as libs/tracking says', (type) => {
    const closed: Parties = { ...sent, task: { agencyIds: [agency], sent: true, returnPath: 'none' } };
    const rule = ruleFor(type, { afterAcceptance: false } as SourceEvent as never);
    expect(recipientsFor(rule, closed)).toEqual(recipientsFor(rule));
  });

  it('every published event of a referral has its line, here and in the table', () => {
    const published = eventsOfReferral.map((each) => each.type);
    expect(Object.keys(notificationRules).sort()).toEqual([...published].sort());
    expect([...types].sort()).toEqual([...published].sort());
  });

  it('a decline reaches the sender, and after acceptance the coordinators at once', () => {
    const declined = { ...ids, reason: 'no-capacity' as const, hudResult: 3, reroute: true };
    const before = ruleFor('referral.task.declined', TaskDeclined.of({ ...declined, afterAcceptance: false }));
    const after = ruleFor('referral.task.declined', TaskDeclined.of({ ...declined, afterAcceptance: true }));
    expect([before, recipientsFor(before)]).toEqual([{ template: 'task-declined', to: ['sender'] }, ['creator']]);
    expect([after, recipientsFor(after)]).toEqual([
      { template: 'task-declined-after-acceptance', to: ['sender', 'coordinators'] },
      ['coordinator', 'creator'],
    ]);
  });

  it('an agency and the sender are notified that access ended only if consent ended it', () => {
    const ended = (cause: AccessEnded['cause']): NotificationRule | 'nobody' =>
      ruleFor('referral.access.ended', AccessEnded.of({ ...ids, accessId: ids.taskId, clientId: ids.taskId, cause }));
    expect(recipientsFor(ended('consent'))).toEqual([...theAgency, 'creator'].toSorted());
    expect(ended('withdrawn')).toBe('nobody');
  });

  it('a sender is notified of a suspension once, by the event of the suspension itself [W19]', () => {
    const fields = { ...ids, accessId: ids.taskId, clientId: ids.taskId, cause: 'consent' as const, suspends: true };
    expect(recipientsFor(ruleFor('referral.access.ended', AccessEnded.of(fields)))).toEqual(theAgency);
  });

  it('uses every template', () => {
    const used = [
      ...plain.map(ruleOfPlain),
      ...[true, false].map((afterAcceptance) => ruleFor('referral.task.declined', { afterAcceptance } as TaskDeclined)),
      ruleFor('referral.task.escalated', { timer: 'respond-by', milestone: 'reminded' } as TaskEscalated),
      ruleFor('referral.task.escalated', { timer: 'deliver-by', milestone: 'supervisor' } as TaskEscalated),
      ruleFor('referral.access.ended', { cause: 'consent' } as AccessEnded),
    ].flatMap((rule) => (rule === 'nobody' ? [] : [rule.template]));
    // These are for events of a consent and of the ledger, which are no events of a referral.
    used.push('consent-expiring', 'ledger-broken');
    expect([...new Set(used)].sort()).toEqual([...templates].sort());
  });
});

describe('an escalation', () => {
  const agencyOnly = { reminded: theAgency, supervisor: ['agency-admin'], coordinator: ['coordinator'] };
  const senderSide = ['creator', 'sender-admin'];
  const senderAndCoordinator = ['coordinator', 'creator', 'sender-admin'];
  const always = <T>(who: T): Record<Milestone, T> => ({ reminded: who, supervisor: who, coordinator: who });
  const recipients: Readonly<Record<TimerName, Readonly<Record<Milestone, readonly string[]>>>> = {
    'deliver-by': { ...agencyOnly, supervisor: senderSide },
    'acknowledge-by': agencyOnly,
    'respond-by': agencyOnly,
    'info-reply-by': { reminded: senderSide, supervisor: senderSide, coordinator: ['coordinator'] },
    'review-by': { reminded: ['coordinator'], supervisor: ['network-admin'], coordinator: ['coordinator'] },
    'withdrawal-effective': agencyOnly,
    suspension: always(senderAndCoordinator),
    'reroute-by': always(['coordinator']),
    'first-contact-by': agencyOnly,
    'needed-by': always(senderAndCoordinator),
    'stale-update': agencyOnly,
    'waitlist-review': agencyOnly,
  };
  const cases = timerNames.flatMap((timer) => milestones.map((milestone) => [timer, milestone] as const));

  it.each(cases)('of %s, %s reaches its audience', (timer, milestone) => {
    const rule = ruleFor('referral.task.escalated', TaskEscalated.of({ ...ids, timer, milestone }));
    expect(recipientsFor(rule)).toEqual(recipients[timer][milestone]);
  });
});

describe('an addressee always reaches somebody', () => {
  const toSender: NotificationRule = { template: 'task-accepted', to: ['sender'] };

  it("the sending organization's administrators are notified if no person made the Task, or that person has left", () => {
    expect(recipientsFor(toSender, { ...sent, creatorId: null })).toEqual(['sender-admin']);
    expect(recipientsFor(toSender, sent, people.slice(1))).toEqual(['sender-admin']);
  });

  it('its planners are notified if it has no administrator', () => {
    const among = people.filter((each) => each.personId !== 'sender-admin');
    expect(recipientsFor(toSender, { ...sent, creatorId: null }, among)).toEqual(['creator', 'other-planner']);
  });

  it("an agency's intake workers are notified if it has no administrator", () => {
    const among = people.filter((each) => each.personId !== 'agency-admin');
    expect(recipientsFor({ template: 'task-escalated', to: ['agency-admins'] }, sent, among)).toEqual(['intake']);
  });

  it('an addressee without a person is named as undelivered, so that it is tried again', () => {
    const rule: NotificationRule = { template: 'task-expired', to: ['sender', 'coordinators'] };
    const among = people.filter((each) => each.organizationId === sender);
    const { recipients, undelivered } = audienceOf(rule, sent, among);
    expect(recipients.map((each) => each.personId)).toEqual(['creator']);
    expect(undelivered).toEqual(['coordinators']);
  });
});

describe('nobody is notified of what does not concern them', () => {
  it('an agency is not notified of a Task that was never sent', () => {
    const unsent: Parties = { ...sent, task: { agencyIds: [agency], sent: false, returnPath: 'status' } };
    expect(audienceOf({ template: 'task-withdrawn', to: ['agency'] }, unsent, people)).toEqual({
      recipients: [],
      undelivered: [],
    });
  });

  it('every organization of a pool is notified of it, and no other', () => {
    const pool: Parties = {
      ...sent,
      task: { agencyIds: [agency, 'organization-other'], sent: true, returnPath: 'status' },
    };
    expect(recipientsFor({ template: 'task-sent', to: ['agency'] }, pool)).toEqual([
      'agency-admin',
      'intake',
      'stranger',
    ]);
  });

  it('a person is notified once, whatever addressees they belong to, and nobody else is', () => {
    const parties = ['agency', 'agency-admins', 'sender', 'sender-and-admins', 'coordinators', 'coordination-admins'];
    fc.assert(
      fc.property(fc.subarray(parties), fc.subarray([...people]), (to, among) => {
        const rule = { template: 'task-sent', to } as NotificationRule;
        const recipients = recipientsFor(rule, sent, among);
        expect(recipients).toEqual([...new Set(recipients)]);
        expect(recipients).not.toContain('stranger');
        expect(recipients).not.toContain('sender-privacy');
      }),
    );
  });
});
