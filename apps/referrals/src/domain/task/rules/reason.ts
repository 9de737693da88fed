import { reasonOf, reasonsFor, type ReasonCode, type ReasonedAction } from '#contracts';
import type { FieldError } from '#decider';

/** A reason as somebody gives it; `hasNote`: with words beside it. */
export interface GivenReason {
  readonly reason: ReasonCode;
  readonly hasNote: boolean;
}

/** What is wrong with a reason, whatever it is given for: a code of that action, and words where the code says nothing. */
export function reasonFaults(action: ReasonedAction, { reason, hasNote }: GivenReason): readonly FieldError[] {
  const allowed = reasonsFor(action);
  if (!allowed.includes(reason)) {
    return [{ field: 'reason', message: `${reason} is no reason to ${action}`, allowed }];
  }
  if (!reasonOf(reason).needsText || hasNote) return [];
  return [{ field: 'note', message: `${reason} needs a note that says why`, allowed: ['a text'] }];
}

/** Blanks and dashes are no words. */
export function saysSomething(text: string | undefined): boolean {
  return text !== undefined && /[\p{L}\p{N}]/u.test(text);
}
