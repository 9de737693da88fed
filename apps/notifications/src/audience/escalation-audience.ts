import type { Milestone, TimerName } from '#contracts';
import type { Addressee } from './addressee.ts';

type EscalationAudience = Readonly<Record<Milestone, readonly Addressee[]>>;

const agencyAudience: EscalationAudience = {
  reminded: ['agency'],
  supervisor: ['agency-admins'],
  coordinator: ['coordinators'],
};

const sameForAll = (...addressees: readonly Addressee[]): EscalationAudience => ({
  reminded: addressees,
  supervisor: addressees,
  coordinator: addressees,
});

/** Who is notified at each milestone of each timer (domain.md §2.8, timers). */
export const escalationAudiences: Readonly<Record<TimerName, EscalationAudience>> = {
  'deliver-by': { ...agencyAudience, supervisor: ['sender-and-admins'] },
  'acknowledge-by': agencyAudience,
  'respond-by': agencyAudience,
  'info-reply-by': {
    reminded: ['sender-and-admins'],
    supervisor: ['sender-and-admins'],
    coordinator: ['coordinators'],
  },
  'review-by': { reminded: ['coordinators'], supervisor: ['coordination-admins'], coordinator: ['coordinators'] },
  'withdrawal-effective': agencyAudience,
  suspension: sameForAll('sender-and-admins', 'coordinators'),
  'reroute-by': sameForAll('coordinators'),
  'first-contact-by': agencyAudience,
  'needed-by': sameForAll('sender-and-admins', 'coordinators'),
  'stale-update': agencyAudience,
  'waitlist-review': agencyAudience,
};
