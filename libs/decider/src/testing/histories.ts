import { cast } from './cast.ts';
import { ReferralHistory } from './referral-history.ts';

const draft = ReferralHistory.drafted();
const sent = draft.sent();
const opened = sent.opened();
const received = opened.received();
const asked = received.asked();
const accepted = received.accepted();
const inProgress = accepted.progressed('interim', { first: true });
const held = inProgress.held();
const suspended = received.suspended('received');
const reviewed = received.declineProposed('received');
const pool = ReferralHistory.created()
  .needing('housing')
  .drafted('pool')
  .sent({ eligible: [cast.harbor, cast.openDoor] });

/**
 * Every situation that a Task may be in, each reached by a history: the states of domain.md §2, split where rules
 * distinguish them (opened or not, accepted before or not, a withdrawal requested or not, a pool claimed or not).
 */
export const histories = {
  draft,
  'awaiting-consent': draft.awaitingConsent(),
  sent,
  'sent, opened': opened,
  received,
  'info-requested': asked,
  accepted,
  'accepted, picked': accepted.picked(),
  'accepted, withdrawal asked': accepted.withdrawalRequested(),
  'in-progress': inProgress,
  'in-progress, withdrawal asked': inProgress.withdrawalRequested(),
  'on-hold': held,
  'on-hold, withdrawal asked': held.withdrawalRequested(),
  suspended,
  'suspended, withdrawal asked': suspended.withdrawalRequested(),
  'suspended after acceptance': accepted.declineProposed('accepted').suspended('decline-review'),
  'decline-review': reviewed,
  'decline-review after acceptance': accepted.declineProposed('accepted'),
  'decline-review, two rounds returned': reviewed
    .declineReturned('received', 1)
    .declineProposed('received', 'no-capacity', 1)
    .declineReturned('received', 2)
    .declineProposed('received', 'no-capacity', 2),
  pool,
  'pool, claimed': pool.granted(cast.harbor).accepted({ claimed: true, organization: cast.harbor }),
  declined: received.declined(),
  redirected: received
    .redirected(cast.task(2))
    .drafted({ organization: cast.openDoor, service: cast.openDoorHomes }, { taskId: cast.task(2) })
    .withdrawn('other')
    .on(cast.task(1), cast.harbor),
  withdrawn: received.accessEnded('withdrawn').withdrawn().settled('unmet', 'client-declined').closed(0, 1),
  expired: sent.expired(),
  completed: inProgress.completed().settled('met').closed(1, 0),
  'not-completed': inProgress.notCompleted(),
  'entered-in-error': draft.markedInError(),
} as const satisfies Readonly<Record<string, ReferralHistory>>;

export type HistoryName = keyof typeof histories;
export const historyNames = Object.keys(histories) as HistoryName[];
