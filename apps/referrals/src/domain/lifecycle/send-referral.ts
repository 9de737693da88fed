import { accepted } from '#decider';
import { lookAhead } from '../evolve/unfold.ts';
import type { Caller } from '../model/command.ts';
import type { FactsWith } from '../model/facts.ts';
import { roleRefused, type ReferralDecision } from '../model/refusal.ts';
import type { AnyReferralEvent, ReferralState } from '../model/state.ts';
import { isSender } from '../task/table/relation.ts';
import { moveTask, taskContextOf } from '../task/task.ts';

/**
 * Rows 1 and 2 for every draft, each decided on its own: one that cannot be sent stays a draft and holds up no other. It
 * is refused only where nothing at all can be sent, for the reason of the first. Nothing left to send is no refusal, so
 * that a sending that broke off is asked for again.
 */
export function sendReferral(state: ReferralState, caller: Caller, facts: FactsWith<'sendings'>): ReferralDecision {
  if (!isSender(state, caller)) return roleRefused(state, 'send-referral');
  const { now, policy, clientDied } = facts;
  const events: AnyReferralEvent[] = [];
  let ahead = state;
  let refusal: ReferralDecision | undefined;
  for (const { taskId } of state.tasks.filter((task) => task.state === 'draft')) {
    const context = taskContextOf(ahead, taskId, caller, { now, policy, clientDied });
    const ofSending = facts.sendings.get(taskId);
    if (context === undefined || ofSending === undefined) continue;
    const answer = moveTask(context, 'send', {}, { ...facts, ...ofSending });
    if (answer.kind === 'refused') {
      refusal ??= answer;
      continue;
    }
    events.push(...answer.events);
    ahead = lookAhead(ahead, answer.events, caller, now);
  }
  return events.length === 0 && refusal !== undefined ? refusal : accepted(events);
}
