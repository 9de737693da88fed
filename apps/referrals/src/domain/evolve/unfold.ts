import type { EventActor, InstantText } from '#contracts';
import type { Caller } from '../model/command.ts';
import type { AnyReferralEvent, ReferralState } from '../model/state.ts';
import { evolve } from './referral.fold.ts';

/** Where a command's events will stand: after `version` of their stream, by this actor, at the instant of the decision. */
export interface Place {
  readonly version: number;
  readonly actor: EventActor;
  readonly at: InstantText;
}

/** A decision under way: its events so far, and the state that they lead to. */
export interface Unfolding {
  readonly state: ReferralState;
  readonly events: readonly AnyReferralEvent[];
}

/** Adds events to a decision, each folded once, with the version that it will have in the log. */
export function unfold(
  from: Unfolding | { readonly state: null; readonly events: readonly [] },
  events: readonly AnyReferralEvent[],
  { version, actor, at }: Place,
): Unfolding {
  let state: ReferralState | null = from.state;
  let streamVersion = version + from.events.length;
  for (const event of events) {
    streamVersion += 1;
    state = evolve(state, { event, time: at, actor, streamVersion });
  }
  if (state === null) throw new Error('a decision without events on a stream that is not there');
  return { state, events: [...from.events, ...events] };
}

/**
 * The state as these events would leave it, for a rule that decides by what comes of its own events. Their versions count
 * on from the highest known one, and nobody keeps them.
 */
export function lookAhead(
  state: ReferralState,
  events: readonly AnyReferralEvent[],
  caller: Caller,
  at: InstantText,
): ReferralState {
  return unfold({ state, events: [] }, events, { ...assumedPlace(state, caller), at }).state;
}

/** Where events would stand if nothing but this state were known of their stream. */
export function assumedPlace(state: ReferralState | null, caller: Caller): Omit<Place, 'at'> {
  const { kind, personId, organizationId, roles } = caller;
  const role = kind === 'person' ? (roles[0] ?? 'discharge-planner') : kind;
  return { version: state === null ? 0 : highestVersion(state), actor: { id: personId, role, organizationId } };
}

function highestVersion({ version, tasks, needs, attachments }: ReferralState): number {
  return Math.max(version, ...[...tasks, ...needs, ...attachments].map((each) => each.version));
}
