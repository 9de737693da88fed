import type { Milestone, TimerName } from '#contracts';
import type { Party } from './party.ts';

type Ladder = Readonly<Record<Milestone, readonly Party[]>>;

const agencyLadder: Ladder = {
  reminded: ['agency'],
  supervisor: ['agency-admins'],
  coordinator: ['coordinators'],
};

const sameForAll = (...parties: readonly Party[]): Ladder => ({
  reminded: parties,
  supervisor: parties,
  coordinator: parties,
});

/** Whom each milestone of each timer reaches (domain.md §2.8, timers). */
export const ladders: Readonly<Record<TimerName, Ladder>> = {
  'deliver-by': { ...agencyLadder, supervisor: ['sender-and-admins'] },
  'acknowledge-by': agencyLadder,
  'respond-by': agencyLadder,
  'info-reply-by': {
    reminded: ['sender-and-admins'],
    supervisor: ['sender-and-admins'],
    coordinator: ['coordinators'],
  },
  'review-by': { reminded: ['coordinators'], supervisor: ['coordination-admins'], coordinator: ['coordinators'] },
  'withdrawal-effective': agencyLadder,
  suspension: sameForAll('sender-and-admins', 'coordinators'),
  'reroute-by': sameForAll('coordinators'),
  'first-contact-by': agencyLadder,
  'needed-by': sameForAll('sender-and-admins', 'coordinators'),
  'stale-update': agencyLadder,
  'waitlist-review': agencyLadder,
};
