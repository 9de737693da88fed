import { BoardRowView, InboxRowView } from '../coordination/board.views.ts';
import { TimelineItemView } from '../coordination/timeline.views.ts';
import { codeList, meaning, type Meaning } from './meaning.ts';

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
    contact:
      'How the client may be reached, as in the Task: by any of `channels`; in any way if it is null; in none if it is empty (then ask the sender).',
    lastEvent: 'The latest event of the Task that the agency may see.',
    version: 'The version of the Task, as in `GET /api/referrals/tasks/:id`.',
  }),
  meaning(BoardRowView, {
    taskId: 'The most relevant Task of this need: an open one, otherwise the latest. Null before the first one.',
    version: 'The version of the referral at the latest change of this need or its Tasks that the reader may see.',
  }),
];
