import { ProgressTask, ReasonedTask, TaskOutput } from '../referrals/task.commands.ts';
import { ClientView, ListedReferral, ReferralView } from '../referrals/referral.views.ts';
import { QueriedTask, ReasonView, TaskView } from '../referrals/task.views.ts';
import { codeList, meaning, type Meaning } from './meaning.ts';

const referenceMeaning =
  "What people say on the telephone instead of a name: eight characters of Crockford's base 32, the last 40 bits of `referralId`. Unique, and the same for every Task of a referral. `GET /api/referrals/references/:reference` finds it.";

export const taskMeanings: readonly Meaning[] = [
  meaning(TaskView, {
    reference: referenceMeaning,
    version:
      "The version of the referral's stream at the last change of this Task, and the value for If-Match. It skips numbers when other Tasks of the referral change.",
    state:
      'The state of the Task. `received` means acknowledged; `decline-review` exists only if the network reviews declines.',
    subState:
      'In `on-hold`: why it is on hold (`consent-suspended` only by the platform). In `in-progress`: the latest progress.',
    waitsFor: codeList({
      sender: 'draft, awaiting-consent, info-requested, and on-hold for consent.',
      agency: 'sent, received, accepted, in-progress, and every other hold.',
      client: 'on-hold awaiting-client.',
      coordinator: 'decline-review, and an ended Task while the platform looks for another agency.',
      nobody: 'everything else.',
    }),
    round:
      'How often a coordinator has sent a proposed decline of this Task back. It counts neither reroutes nor decisions to take a proposal back. At 2 the next proposal can only be approved or taken back.',
    reason: 'Why the Task ended. During `decline-review`: the proposed reason.',
    afterAcceptance:
      'True once the Task was declined after its agency had accepted it. It is set by the decline, so it is still false while a proposed decline is under review; look at `acceptedAt` then.',
    outcome: 'The outcome. Null for the sender unless the return path is `outcome`.',
    returnPath:
      'What the agency may report to the sender: `none`, `status`, or `outcome` (status and outcome with notes).',
    statusFrozen:
      'True if nothing may be reported to the sender: for the sender all fields except those of an ended offer stay unchanged.',
    awaiting: 'In `awaiting-consent`: every category that the service requires, including those already permitted.',
    withdrawalRequestedAt:
      'When the sender asked to withdraw a Task that the agency had accepted. It ends when the agency confirms, or after two business days. Withdrawing a Task suspended before acceptance is immediate.',
    attempts:
      'Attempts to contact the client since acceptance, or since the client was last reached. The days that `unable-to-contact` requires are between `since` and `last`; an attempt reported twice counts once.',
    contact:
      'How the client may be reached, known before the packet is opened: by any of `channels`; in any way if it is null; in none if it is empty (then ask the sender). The packet leaves out data that no allowed channel needs.',
    dueTimer: 'The running timer that is due next. `deliver-by` is never shown here.',
    dueGroup: codeList({
      'critically-overdue': "overdue, and urgent or by more than the timer's own length.",
      overdue: 'its time has passed.',
      'due-soon': 'half of its time has passed.',
      'not-due': 'less than half has passed.',
      none: 'no timer runs.',
    }),
    packetOpenedAt:
      'When the recipient first opened the packet. Until then the Task counts as not disclosed: anyone of the sending organization may `mark-error`; afterwards only the privacy officer may.',
    legalMoves:
      'What the caller may do now, in the order of the table. A listed move with its `needs` succeeds unless the Task changes first.',
  }),
  meaning(QueriedTask, {
    label:
      'What a list may call the client. The sender: name and birth date. An agency: initials and age band until it has opened the packet, then name and birth year. Null where consent, or our view of it, does not allow it.',
  }),
  meaning(ReferralView, { reference: referenceMeaning }),
  meaning(ListedReferral, { reference: referenceMeaning }),
  meaning(ReasonView, {
    words: 'What the client reads, in each language.',
    staffWords: 'A short label for staff, in each language.',
    shortOrder:
      'The place of the reason in every list that offers it, from 1 on: the most frequent ones first, `other` last. Null for a reason that only the system gives.',
  }),
  meaning(ClientView, {
    deceased:
      'When the death of the client was reported. Absent before a report, and after `POST /clients/:id/death/undo` took it back.',
  }),
  meaning(ProgressTask, {
    at: 'When it happened: not before the Task was accepted, save that a client may be `enrolled` at any time since the referral was made; and not in the future, save that `appointment-booked` gives the instant of the appointment. A clock may differ by one minute.',
  }),
  meaning(TaskOutput, {
    at: 'When it happened. What the agency did (`service-delivered`, `appointment-held`, `referral-onward`): not before the Task was accepted. A `placement`, a `document` and `other` may be older than the acceptance, as some clients move in before it is written down, and not older than the referral. Never in the future. A clock may differ by one minute.',
  }),
  meaning(ReasonedTask, {
    note: 'Needed with every reason whose line in `GET /api/referrals/reasons` says `needsText`.',
  }),
];
