import type { CandidateReason } from '#contracts/codes/candidate-reason';

const day = 86_400_000;
/** What an agency said of its space is old after so many days: places fill within a week. */
const freshDays = 7;

export interface ReasonGiven {
  readonly code: CandidateReason;
  readonly speaksFor: boolean;
}

export interface Weighed {
  readonly for: readonly CandidateReason[];
  readonly against: readonly CandidateReason[];
}

/** The reasons for and against a candidate, each in the order of the directory. What was said of space is a line of its own. */
export function weigh(reasons: readonly ReasonGiven[]): Weighed {
  const codes = (speaksFor: boolean): readonly CandidateReason[] =>
    reasons.filter((reason) => reason.speaksFor === speaksFor).map(({ code }) => code);
  return { for: codes(true), against: codes(false) };
}

/** Whether one should call before one trusts what was said of space. */
export function isOld(saidAt: string, now: number): boolean {
  return now - Date.parse(saidAt) > freshDays * day;
}
