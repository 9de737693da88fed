import { reasons } from './reason-table.ts';
import type { Reason, ReasonCode, ReasonedAction } from './reason.ts';

const byCode: ReadonlyMap<ReasonCode, Reason> = new Map(reasons.map((reason) => [reason.code, reason]));

/** The table row of a reason; every code has one (a test checks it). */
export function reasonOf(code: ReasonCode): Reason {
  const reason = byCode.get(code);
  if (reason === undefined) throw new Error(`no entry for reason ${code}`);
  return reason;
}

/** Codes that a person may give with this action, in list order. */
export function reasonsFor(action: ReasonedAction): readonly ReasonCode[] {
  return reasons.filter((reason) => reason.actions.includes(action)).map((reason) => reason.code);
}
