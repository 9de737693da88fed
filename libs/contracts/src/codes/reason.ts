import type { TaskAction } from './task-action.ts';

/** The codes of the first event versions. */
export const releasedReasonCodes = [
  'no-capacity',
  'waitlist-closed',
  'not-eligible',
  'outside-service-area',
  'missing-documentation',
  'client-declined',
  'client-no-longer-in-need',
  'unable-to-contact',
  'already-served-here',
  'duplicate',
  'health-and-safety',
  'needs-higher-level-of-care',
  'service-discontinued',
  'sent-in-error',
  'moved-away',
  'deceased',
  'another-agency-accepted',
  'not-picked',
  'consent-revoked',
  'no-response',
  'other',
] as const;

export const reasonCodes = [...releasedReasonCodes, 'consent-expired'] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** Actions that take a coded reason; `settle` belongs to the need. */
export type ReasonedAction =
  Extract<TaskAction, 'decline' | 'redirect' | 'not-complete' | 'withdraw' | 'reopen' | 'mark-error'> | 'settle';

/**
 * One line of the decline and end reasons (domain.md §2). `actions` empty: only the system gives this reason.
 * `parkDays`: days for which the same organization is not offered the same need again; 0 = none.
 * `clientSees`: shown to the client, in the words of `words`.
 */
export interface Reason {
  readonly code: ReasonCode;
  readonly actions: readonly ReasonedAction[];
  /** HUD 4.20 referral result: 2 = ended by the client, 3 = ended by the provider. */
  readonly hudResult: 2 | 3;
  readonly reroute: boolean;
  readonly parkDays: number;
  readonly capacityStatistic: boolean;
  readonly needsText: boolean;
  readonly clientSees: boolean;
  readonly words: { readonly en: string; readonly es: string };
}
