import { expect } from '@jest/globals';
import type { DomainEvent, EventActor, InstantText } from '#contracts';
import type { Decision, Refusal } from '../decision.ts';

/** One event of a history: what happened, when, and by whom. */
export interface PastEvent<Event extends DomainEvent> {
  readonly event: Event;
  readonly time: InstantText;
  readonly actor: EventActor;
}

/** A noun's two functions, as the kit calls them. */
export interface Decider<State, Command, Facts, Event extends DomainEvent> {
  readonly decide: (state: State | null, command: Command, facts: Facts) => Decision<Event>;
  readonly evolve: (state: State | null, happened: PastEvent<Event> & { readonly streamVersion: number }) => State;
}

export interface Given<State, Command, Facts, Event extends DomainEvent> {
  /** The state after the history; null for an empty one. */
  readonly state: State | null;
  readonly when: (command: Command, facts: Facts) => WhenResult<Event>;
}

export interface WhenResult<Event extends DomainEvent> {
  readonly decision: Decision<Event>;
  /** Accepted with exactly these events; every field is compared. */
  readonly then: (events: readonly Event[]) => void;
  /** Accepted with events of these types, in this order. */
  readonly thenTypes: (types: readonly Event['type'][]) => void;
  /** Accepted without any event. */
  readonly thenNothing: () => void;
  /** Refused; the given fields of the refusal are compared. */
  readonly thenRefused: (refusal: Partial<Refusal> & Pick<Refusal, 'code'>) => void;
}

/** `given(history).when(command, facts).then(events)`: the form of every rule test. History in, events or refusal out. */
export function specification<State, Command, Facts, Event extends DomainEvent>(
  decider: Decider<State, Command, Facts, Event>,
): (history: readonly PastEvent<Event>[]) => Given<State, Command, Facts, Event> {
  return (history) => {
    const state = fold(decider, history);
    return { state, when: (command, facts) => whenResultOf(decider.decide(state, command, facts)) };
  };
}

/** The state after a history; versions count from 1. */
export function fold<State, Command, Facts, Event extends DomainEvent>(
  decider: Pick<Decider<State, Command, Facts, Event>, 'evolve'>,
  history: readonly PastEvent<Event>[],
): State | null {
  return history.reduce<State | null>(
    (state, past, index) => decider.evolve(state, { ...past, streamVersion: index + 1 }),
    null,
  );
}

function whenResultOf<Event extends DomainEvent>(decision: Decision<Event>): WhenResult<Event> {
  return {
    decision,
    then: (events) => expect(plain(decision)).toEqual(plain({ kind: 'accepted', events })),
    thenTypes: (types) => expect(typesOf(decision)).toEqual(types),
    thenNothing: () => expect(plain(decision)).toEqual({ kind: 'accepted', events: [] }),
    thenRefused: (refusal) => expect(decision).toMatchObject({ kind: 'refused', refusal }),
  };
}

function typesOf<Event extends DomainEvent>(decision: Decision<Event>): unknown {
  return decision.kind === 'accepted' ? decision.events.map((event) => event.type) : decision;
}

/** Events as they are sent, with their type: classes and undefined fields do not matter, every value does. */
function plain<Event extends DomainEvent>(decision: Decision<Event>): unknown {
  if (decision.kind === 'refused') return decision;
  return { kind: 'accepted', events: decision.events.map((event) => ({ ...event, type: event.type })) };
}
