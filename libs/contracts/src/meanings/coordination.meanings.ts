import { BoardRowView, InboxRowView } from '../coordination/board.views.ts';
import { TimelineItemView } from '../coordination/timeline.views.ts';
import { codeList, meaning, type Meaning } from './meaning.ts';

/** What a row of the inbox and one of the board have in common. */
const bothRows = {
  reference: 'What people say on the telephone instead of a name, as in the referral.',
  stateSince: 'When the Task came into its state. For a Task on hold: since when for this reason.',
} as const;

export const coordinationMeanings: readonly Meaning[] = [
  meaning(TimelineItemView, {
    type: 'The type of the event, such as `referral.task.accepted`. All types: `/asyncapi.json`.',
    state: 'The state of the Task after this event.',
    flags: [
      'Further codes of the event that no other field contains:',
      codeList({
        'referral.created, referral.changed, task.sent': 'the priority.',
        'referral.closed': 'the close code.',
        'need.settled': 'the result.',
        'reroute.proposed': '`auto` if the platform sends by itself, `nobody-left` without candidates.',
        'attachment.added / .removed': 'the kind / the reason of removal.',
        'task.drafted': '`directed` or `pool`.',
        'task.accepted': '`claimed` from a pool.',
        'task.decline-returned': '`taken-back` by the agency itself.',
        'task.declined': '`after-acceptance`, `reroute`.',
        'task.not-completed': '`reroute`.',
        'task.progressed': 'the kind, `first-contact`, `reached` or `not-reached`.',
        'task.completed': 'the outcome, if the reader may know it.',
        'task.withdrawal-requested, task.withdrawn': 'who: sender, coordinator, client, system or timer.',
        'task.expired': 'the timer.',
        'task.escalated': 'the timer and the milestone.',
        'task.marked-in-error': '`disclosed` if the packet had been opened.',
        'packet.opened': 'the direction, and `first` for the first opening of this organization.',
      }),
    ].join(' '),
  }),
  meaning(InboxRowView, {
    ...bothRows,
    neededBy:
      'When the client needs the service, such as the planned discharge. After the end of the Task it no longer changes.',
    attempts: 'As in the Task: attempts to contact the client since acceptance, or since the client was last reached.',
    appointmentAt:
      'The latest booked appointment. Null if none is booked, the client missed it, or the Task has ended.',
    reviewOn: 'As in the Task: when the agency looks again at a Task on hold.',
    contact:
      'How the client may be reached, as in the Task: by any of `channels`; in any way if it is null; in none if it is empty (then ask the sender).',
    lastEvent: 'The latest event of the Task that the agency may see.',
    version: 'The version of the Task, as in `GET /api/referrals/tasks/:id`.',
  }),
  meaning(BoardRowView, {
    ...bothRows,
    neededBy: 'When the client needs the service, such as the planned discharge.',
    lastEvent: 'The latest event of that Task that the reader may see. Null before the first Task.',
    proposedAt: 'When other agencies were proposed for the need. Null unless another agency is being looked for.',
    taskId: 'The most relevant Task of this need: an open one, otherwise the latest. Null before the first one.',
    version: 'The version of the referral at the latest change of this need or its Tasks that the reader may see.',
  }),
];
