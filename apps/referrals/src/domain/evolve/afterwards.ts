import type { EventActor, InstantText } from '#contracts';
import type { Caller } from '../model/command.ts';
import { evolve } from './referral.fold.ts';
import type { AnyReferralEvent, ReferralState } from '../model/state.ts';

/**
 * The state as it will stand once these events are recorded, for a decision that goes on from there. Versions count on
 * from the highest known one; the real ones are the log's.
 */
export function afterwards(
  state: ReferralState | null,
  events: readonly AnyReferralEvent[],
  caller: Caller,
  time: InstantText,
): ReferralState {
  const actor = actorOf(caller);
  let version = state === null ? 0 : highestVersion(state);
  let after = state;
  for (const event of events) {
    version += 1;
    after = evolve(after, { event, time, actor, streamVersion: version });
  }
  if (after === null) throw new Error('a decision without events on a stream that is not there');
  return after;
}

function actorOf({ kind, personId, organizationId, roles }: Caller): EventActor {
  const role = kind === 'person' ? (roles[0] ?? 'discharge-planner') : kind;
  return { id: personId, role, organizationId };
}

function highestVersion({ version, tasks, needs, attachments }: ReferralState): number {
  return Math.max(version, ...[...tasks, ...needs, ...attachments].map((each) => each.version));
}
