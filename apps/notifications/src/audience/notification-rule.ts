import type {
  AccessEvent,
  AttachmentEvent,
  InstantText,
  ReasonCode,
  ReferralEvent,
  TaskEvent,
  Template,
} from '#contracts';
import { escalationAudiences } from './escalation-audience.ts';
import type { Addressee } from './addressee.ts';

/** Every event that the referrals service publishes about a referral. */
export type SourceEvent = ReferralEvent | TaskEvent | AccessEvent | AttachmentEvent;
export type SourceType = SourceEvent['type'];
export type SourceOf<T extends SourceType> = Extract<SourceEvent, { readonly type: T }>;

/**
 * Who is notified, with which template. `reportsBack`: the notification tells the sender what happens to the client at
 * the agency. A return path of `none` forbids that (contract.md §4.6: only the end of the offer is still reported).
 * `insteadOfReports`: the sender is notified only then, because another notification says it otherwise.
 */
export interface NotificationRule {
  readonly template: Template;
  readonly to: readonly Addressee[];
  readonly reportsBack?: boolean;
  readonly insteadOfReports?: boolean;
  readonly why?: Why;
}

/** Why something ended, by consent or by a death; `consentEndedAt` if the consent expired. */
export interface Why {
  readonly reason: ReasonCode;
  readonly consentEndedAt?: InstantText;
}

type RuleOf<E> = NotificationRule | 'nobody' | ((event: E) => NotificationRule | 'nobody');
type Table = { readonly [T in SourceType]: RuleOf<SourceOf<T>> };

const consentReasons: readonly ReasonCode[] = ['consent-revoked', 'consent-expired'];

/** Reasons of a withdrawal that an agency must know, so that nobody calls the client again. */
const reportedReasons: readonly ReasonCode[] = [...consentReasons, 'deceased'];

function whyOf(reason: ReasonCode, consentEndedAt: InstantText | undefined): Why {
  return consentEndedAt === undefined ? { reason } : { reason, consentEndedAt };
}

const toSender = (template: Template): NotificationRule => ({ template, to: ['sender'] });
const reportToSender = (template: Template): NotificationRule => ({ template, to: ['sender'], reportsBack: true });
const toAgency = (template: Template): NotificationRule => ({ template, to: ['agency'] });

/** The audiences of contract.md §3.2, one line an event type; a new type without a line does not compile. */
export const notificationRules: Table = {
  'referral.created': 'nobody',
  'referral.changed': 'nobody',
  'referral.closed': reportToSender('referral-closed'),
  'referral.reopened': 'nobody',
  'referral.need.added': 'nobody',
  'referral.need.settled': 'nobody',
  'referral.reroute.proposed': ({ quiet = false }) => ({
    template: 'reroute-proposed',
    to: quiet ? ['coordinators'] : ['coordinators', 'sender'],
  }),
  // a death is not a report on a service, so the sender is notified whatever the return path is
  'referral.client.died': {
    ...{ template: 'everything-ended', to: ['sender', 'coordinators'] },
    why: { reason: 'deceased' },
  },
  'referral.client.death-undone': 'nobody',
  // the Task's row shows it, and readers of the packet are notified that there is new information
  'referral.client.contact-changed': 'nobody',
  'referral.task.drafted': 'nobody',
  'referral.task.consent-awaited': toSender('consent-needed'),
  'referral.task.sent': toAgency('task-sent'),
  'referral.task.delivered': 'nobody',
  'referral.task.received': reportToSender('task-received'),
  'referral.task.info-requested': reportToSender('task-question'),
  'referral.task.info-replied': toAgency('task-reply'),
  'referral.task.accepted': reportToSender('task-accepted'),
  'referral.task.picked': 'nobody',
  'referral.task.decline-proposed': { template: 'task-decline-proposed', to: ['coordinators'] },
  'referral.task.decline-returned': toAgency('task-decline-returned'),
  // after acceptance a client may already count on it, so the coordinators are notified too
  'referral.task.declined': (event) =>
    event.afterAcceptance
      ? { template: 'task-declined-after-acceptance', to: ['sender', 'coordinators'] }
      : toSender('task-declined'),
  'referral.task.redirected': toSender('task-redirected'),
  'referral.task.progressed': 'nobody',
  'referral.task.held': reportToSender('task-held'),
  'referral.task.resumed': reportToSender('task-resumed'),
  'referral.task.completed': reportToSender('task-completed'),
  'referral.task.not-completed': reportToSender('task-not-completed'),
  'referral.task.withdrawal-requested': toAgency('task-withdrawal-requested'),
  // for want of consent: the sender was notified by the end of the access or by the suspension, unless these are withheld
  'referral.task.withdrawn': ({ reason, consentEndedAt }) => ({
    ...(consentReasons.includes(reason)
      ? { template: 'task-withdrawn', to: ['agency', 'sender'], insteadOfReports: true }
      : toAgency('task-withdrawn')),
    ...(reportedReasons.includes(reason) ? { why: whyOf(reason, consentEndedAt) } : {}),
  }),
  'referral.task.suspended': ({ because, consentEndedAt }) => ({
    ...{ template: 'task-suspended', to: ['agency', 'sender'], reportsBack: true },
    why: whyOf(because ?? 'consent-revoked', consentEndedAt),
  }),
  'referral.task.restored': { template: 'task-restored', to: ['agency', 'sender'], reportsBack: true },
  'referral.task.expired': { template: 'task-expired', to: ['sender', 'coordinators'] },
  'referral.task.assigned': 'nobody',
  'referral.task.marked-in-error': 'nobody',
  'referral.task.reopened': 'nobody',
  'referral.task.escalated': (event) => ({
    // the next channel is a call: the sender is asked to reach the agency another way (domain.md §2, timers)
    template: event.timer === 'deliver-by' ? 'task-not-delivered' : 'task-escalated',
    to: escalationAudiences[event.timer][event.milestone],
    // these run only after a question from the agency, and after a suspension
    ...(event.timer === 'info-reply-by' || event.timer === 'suspension' ? { reportsBack: true } : {}),
  }),
  'referral.task.return-path-changed': 'nobody',
  'referral.task.information-changed': toAgency('new-information'),
  'referral.task.timer-moved': 'nobody',
  'referral.task.pool-changed': 'nobody',
  'referral.access.granted': 'nobody',
  // The other causes have an event of their own. A suspension notifies the sender by its own event; after acceptance, and
  // if nobody had opened the packet, no other event does (contract.md §4.6).
  'referral.access.ended': (event) =>
    event.cause === 'consent' || event.cause === 'consent-expired'
      ? {
          ...{ template: 'access-ended', to: event.suspends === true ? ['agency'] : ['agency', 'sender'] },
          // that there was an access to end says that the agency had not ended the Task
          reportsBack: true,
          why: whyOf(event.cause === 'consent' ? 'consent-revoked' : 'consent-expired', event.consentEndedAt),
        }
      : 'nobody',
  'referral.packet.opened': 'nobody',
  // referral.task.information-changed notifies the agencies that may read it
  'referral.attachment.added': 'nobody',
  'referral.attachment.removed': 'nobody',
};

/** The rule for an event; `nobody` if it notifies no person. */
export function ruleFor<T extends SourceType>(type: T, event: SourceOf<T>): NotificationRule | 'nobody' {
  const rule = notificationRules[type];
  return typeof rule === 'function' ? rule(event) : rule;
}
