import { describe, expect, it } from '@jest/globals';
import { AccessEnded, TaskEscalated, TaskWithdrawn, type ReasonCode, type Role, type TimerName } from '#contracts';
import { audienceOf } from './audience.ts';
import type { Parties, Recipient } from './addressee.ts';
import { ruleFor, type NotificationRule } from './notification-rule.ts';

const person = (personId: string, organizationId: string, role: Role): Recipient => ({
  ...{ personId, organizationId, networkId: 'network', roles: [role] },
  organizationKind: organizationId === 'council' ? 'coordinating-body' : null,
});
const people: readonly Recipient[] = [
  person('creator', 'hospital', 'discharge-planner'),
  person('intake', 'agency', 'intake-worker'),
  person('coordinator', 'council', 'coordinator'),
];
const partiesWith = (returnPath: 'none' | 'outcome'): Parties => ({
  senderOrganizationId: 'hospital',
  creatorId: 'creator',
  task: { agencyIds: ['agency'], sent: true, returnPath },
});
const ids = {
  referralId: '0190a0c0-0000-7000-8000-000000000001',
  taskId: '0190a0c0-0000-7000-8000-000000000002',
  serviceRequestId: '0190a0c0-0000-7000-8000-000000000003',
};

function recipientsOf(rule: NotificationRule | 'nobody', returnPath: 'none' | 'outcome' = 'none'): readonly string[] {
  if (rule === 'nobody') return [];
  return audienceOf(rule, partiesWith(returnPath), people)
    .recipients.map((each) => each.personId)
    .sort();
}

const escalated = (timer: TimerName): NotificationRule | 'nobody' =>
  ruleFor('referral.task.escalated', TaskEscalated.of({ ...ids, timer, milestone: 'supervisor' }));

describe('a sender to whom nothing may be reported', () => {
  it('is not notified of an unanswered question, which they may not see', () => {
    expect(recipientsOf(escalated('info-reply-by'))).toEqual([]);
    expect(recipientsOf(escalated('deliver-by'))).toEqual(['creator']);
  });

  it('is not notified of what consent does to a Task: it would say how far the agency had come', () => {
    const ofAccess = { ...ids, accessId: ids.taskId, clientId: ids.taskId, cause: 'consent' as const };
    const ended = ruleFor('referral.access.ended', AccessEnded.of(ofAccess));
    expect([recipientsOf(ended), recipientsOf(ended, 'outcome')]).toEqual([['intake'], ['creator', 'intake']]);
    expect(recipientsOf(escalated('suspension'))).toEqual(['coordinator']);
  });

  it('is notified of a withdrawal by consent instead, which is always reported', () => {
    const withdrawn = (reason: ReasonCode): NotificationRule | 'nobody' =>
      ruleFor('referral.task.withdrawn', TaskWithdrawn.of({ ...ids, reason, by: 'system' }));
    for (const reason of ['consent-revoked', 'consent-expired'] as const) {
      expect(recipientsOf(withdrawn(reason))).toEqual(['creator', 'intake']);
      expect(recipientsOf(withdrawn(reason), 'outcome')).toEqual(['intake']);
    }
    expect(recipientsOf(withdrawn('client-declined'))).toEqual(['intake']);
  });
});
