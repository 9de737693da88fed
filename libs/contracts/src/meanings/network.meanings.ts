import { HealthcareServiceView, NetworkPolicyView } from '../directory/directory.views.ts';
import { SetNetworkPolicy, TimerLength } from '../directory/directory.commands.ts';
import { MarkNotificationsRead } from '../notifications/notification.commands.ts';
import { NotificationsReadView, NotificationView } from '../notifications/notification.views.ts';
import type { Template } from '../notifications/template.ts';
import { codeList, meaning, type Meaning } from './meaning.ts';

const timers =
  "One entry for each timer whose length is the network's own: `{timer, routineMinutes, urgentMinutes}`. A timer without an entry has the platform's default. A running timer keeps the length that it started with.";

const attempts =
  'What `unable-to-contact` takes: `count` attempts, on `channels` different channels, with `businessDays` from the first to the last. A business day is 24 hours.';

/** When each notification is sent, and to whom. */
export const templateMeanings: Readonly<Record<Template, string>> = {
  'consent-needed': 'to the sender: a Task waits for consent.',
  'consent-expiring':
    'to the sender and its administrators: a consent of the client ends in 30, 7 or 1 days, so renew it.',
  'task-sent': 'to the agency: a Task was sent.',
  'task-not-delivered': 'to the sender and its administrators: nobody at the agency was reached in time, so call.',
  'task-received': 'to the sender: acknowledged.',
  'task-question': 'to the sender: the agency asks.',
  'task-reply': 'to the agency: the question was answered.',
  'new-information': 'to an agency that read the packet: it contains more now.',
  'task-accepted': 'to the sender.',
  'task-declined': 'to the sender.',
  'task-declined-after-acceptance': 'to the sender and the coordinators together.',
  'task-decline-proposed': 'to the coordinators: a decline waits for review.',
  'task-decline-returned': 'to the agency: the decline was sent back, or taken back.',
  'task-redirected': 'to the sender: the agency named a more suitable agency.',
  'task-held': 'to the sender.',
  'task-resumed': 'to the sender.',
  'task-completed': 'to the sender.',
  'task-not-completed': 'to the sender.',
  'task-withdrawal-requested': 'to the agency: confirm it, or it takes effect automatically.',
  'task-withdrawn': 'to the agency.',
  'task-suspended': 'to the agency and the sender: consent is missing.',
  'task-restored': 'to the agency and the sender: consent is valid again.',
  'task-expired': 'to the sender and the coordinators: nobody answered.',
  'task-escalated': 'to the audience of the milestone: something is late.',
  'reroute-proposed': 'to the coordinators and the sender: other agencies are proposed.',
  'referral-closed': 'to the sender.',
  'everything-ended': 'to the sender and the coordinators: everything of this client has ended; the referral says how.',
  'access-ended':
    'to the agency, and to the sender if no other notification says so: the end of consent ended the access.',
  'ledger-broken': 'to the privacy officers concerned: a verification found something that no earlier one had found.',
};

export const networkMeanings: readonly Meaning[] = [
  meaning(NetworkPolicyView, { timers, attempts }),
  meaning(SetNetworkPolicy, {
    timers: `${timers} Without it every timer has its default.`,
    attempts: `${attempts} Without it 3 attempts, on 2 channels, over 5 days.`,
  }),
  meaning(TimerLength, {
    routineMinutes: 'Minutes from the start of the timer until it is due. Reminders keep their share of it.',
    urgentMinutes: 'The same for urgent referrals.',
  }),
  meaning(HealthcareServiceView, {
    opennessAt: 'When somebody last said its openness. Saying the same again renews it.',
    saidBy: 'The person who said it: `GET /api/identity/people` has the name. Null if it came with the directory.',
  }),
  meaning(MarkNotificationsRead, {
    upTo: 'The `at` of the newest notification that was shown. Whatever came later stays unread.',
  }),
  meaning(NotificationsReadView, {
    count: 'How many became read by this. Those that were read before keep their `readAt`.',
  }),
  meaning(NotificationView, {
    template: codeList(templateMeanings),
    reason: 'Why it happened, if consent or a death ended something. A code of `GET /api/referrals/reasons`.',
    consentEndedAt: 'With `consent-expired`: the instant at which the consent expired.',
    words: 'The text of the notification in each language. It names no client, no organization and no need.',
  }),
];
