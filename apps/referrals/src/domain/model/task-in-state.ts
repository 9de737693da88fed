import type {
  EndedBy,
  HoldState,
  InstantText,
  OrganizationId,
  Outcome,
  PersonId,
  ReasonCode,
  TaskState,
} from '#contracts';
import type { StateBefore, TaskRow } from './state.ts';

interface Ended {
  readonly endedAt: InstantText;
  readonly endedBy: EndedBy;
  readonly subState: null;
  readonly stateBefore: null;
  readonly awaiting: null;
}

interface EndedFor extends Ended {
  readonly reason: ReasonCode;
  /** Whether another agency is looked for. */
  readonly reroute: boolean;
}

/** What a Task is sure to have in each state (domain.md §2). A new state needs its line. */
interface Entailed {
  readonly draft: object;
  readonly 'awaiting-consent': { readonly awaiting: NonNullable<TaskRow['awaiting']> };
  readonly sent: { readonly sentAt: InstantText; readonly awaiting: null };
  readonly received: object;
  readonly 'info-requested': { readonly receivedAt: InstantText };
  readonly accepted: {
    readonly ownerId: PersonId;
    readonly recipientOrganizationId: OrganizationId;
    readonly receivedAt: InstantText;
    readonly acceptedAt: InstantText;
  };
  readonly 'in-progress': object;
  readonly 'on-hold': { readonly subState: HoldState };
  readonly 'decline-review': {
    readonly receivedAt: InstantText;
    /** The reason that is proposed. */
    readonly reason: ReasonCode;
    readonly stateBefore: StateBefore;
  };
  readonly declined: EndedFor & { readonly receivedAt: InstantText };
  readonly redirected: EndedFor & { readonly receivedAt: InstantText };
  readonly withdrawn: EndedFor;
  readonly expired: EndedFor;
  readonly completed: Ended & { readonly outcome: Outcome };
  readonly 'not-completed': EndedFor;
  readonly 'entered-in-error': EndedFor;
}

/** A Task in this state, with what it is sure to have there. */
export type TaskIn<State extends TaskState> = State extends TaskState
  ? TaskRow & { readonly state: State } & Entailed[State]
  : never;

type Into<State extends TaskState> = State extends TaskState
  ? { readonly state: State } & Entailed[State] & Partial<Omit<TaskRow, 'state'>>
  : never;

/** What an event makes of a Task: another state, with all that it entails, or fields of the state where it is. */
export type TaskChange = Into<TaskState> | ({ readonly state?: never } & Partial<Omit<TaskRow, 'state'>>);
