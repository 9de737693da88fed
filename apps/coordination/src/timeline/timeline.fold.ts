import type { InstantText, ReasonCode, TimelineItemView, TimelineView } from '#contracts';
import { changes, reportsOutcome } from '#tracking';
import type { BoardReferral, BoardTask, Fact, KnownEvent } from '../board/board.ts';
import { referralAfter, unknownReferral } from '../board/board.fold.ts';
import { isShown } from './shown-events.ts';

/** An item as it is kept: the fact, and who did it. */
export interface KeptItem extends Fact {
  readonly eventId: string;
  readonly actorId: string | null;
  readonly actorRole: TimelineItemView['actorRole'];
  readonly actorOrganizationId: string | null;
}

/**
 * A timeline out of the items that its reader may see, in order of version. What was hidden from the reader has not
 * happened for it: states are folded from what is there. `asSender`: outcomes only where consent lets them be reported.
 */
export function timelineOf(
  referralId: string,
  items: readonly KeptItem[],
  { asSender }: { readonly asSender: boolean },
): TimelineView {
  let referral = unknownReferral(referralId);
  const shown: TimelineItemView[] = [];
  for (const item of items.toSorted((a, b) => a.version - b.version)) {
    referral = referralAfter(referral, item);
    if (isShown(item.event.type)) shown.push(itemOf(item, referral, asSender));
  }
  return {
    referralId,
    version: Math.max(0, ...items.map(({ version }) => version)),
    closed: referral.closed,
    items: shown,
  };
}

function itemOf(item: KeptItem, referral: BoardReferral, asSender: boolean): TimelineItemView {
  const { event } = item;
  const task = 'taskId' in event ? referral.tasks.find(({ taskId }) => taskId === event.taskId) : undefined;
  const serviceRequestId = 'serviceRequestId' in event ? event.serviceRequestId : (task?.serviceRequestId ?? null);
  const need = referral.needs.find((each) => each.serviceRequestId === serviceRequestId);
  return {
    eventId: item.eventId,
    version: item.version,
    type: event.type,
    at: item.at,
    serviceRequestId,
    need: task?.need ?? need?.need ?? null,
    taskId: 'taskId' in event ? event.taskId : null,
    actorId: item.actorId,
    actorRole: item.actorRole,
    actorOrganizationId: item.actorOrganizationId,
    state: task?.state ?? null,
    subState: task?.subState ?? null,
    reason: reasonIn(event),
    dueAt: dueIn(event),
    flags: flagsOf(event, asSender ? task : undefined),
  };
}

function reasonIn(event: KnownEvent): ReasonCode | null {
  // why a document was taken away, or a death taken back, is among the flags: it is no reason of a Task
  if (event.type === 'referral.attachment.removed' || event.type === 'referral.client.death-undone') return null;
  return ('reason' in event ? event.reason : undefined) ?? null;
}

/** The instant that an event sets for somebody's next step. */
function dueIn(event: KnownEvent): InstantText | null {
  if (!changes(event, 'due')) return null;
  switch (event.type) {
    case 'referral.task.sent':
      return event.acknowledgeBy;
    case 'referral.task.received':
    case 'referral.task.info-replied':
      return event.respondBy;
    case 'referral.task.info-requested':
      return event.replyBy;
    case 'referral.task.accepted':
      return event.firstContactBy;
    case 'referral.task.decline-proposed':
      return event.reviewBy;
    case 'referral.task.held':
      return event.reviewOn;
    case 'referral.task.withdrawal-requested':
      return event.effectiveAt;
    case 'referral.task.suspended':
      return event.suspensionBy ?? null;
    case 'referral.task.declined':
    case 'referral.task.not-completed':
    case 'referral.task.expired':
      return event.rerouteBy ?? null;
    case 'referral.reroute.proposed':
      return event.rerouteBy;
    case 'referral.created':
    case 'referral.changed':
      return event.neededBy ?? null;
  }
}

function flagsOf(event: KnownEvent, asSenderSees: BoardTask | undefined): readonly string[] {
  if (!changes(event, 'flags')) return [];
  switch (event.type) {
    case 'referral.created':
    case 'referral.changed':
      return [event.priority];
    case 'referral.closed':
      return [event.closeCode];
    case 'referral.need.settled':
      return [event.result];
    case 'referral.reroute.proposed':
      return [...when(event.auto, 'auto'), ...when(event.healthcareServiceIds.length === 0, 'nobody-left')];
    case 'referral.attachment.added':
      return [event.kind];
    case 'referral.attachment.removed':
    case 'referral.client.death-undone':
      return [event.reason];
    case 'referral.task.drafted':
      return [event.assignment];
    case 'referral.task.sent':
      return [event.priority];
    case 'referral.task.accepted':
      return when(event.claimed, 'claimed');
    case 'referral.task.decline-returned':
      return when(event.takenBack, 'taken-back');
    case 'referral.task.declined':
      return [...when(event.afterAcceptance, 'after-acceptance'), ...when(event.reroute, 'reroute')];
    case 'referral.task.not-completed':
      return when(event.reroute, 'reroute');
    case 'referral.task.progressed':
      return [
        event.kind,
        ...when(event.firstContact, 'first-contact'),
        ...when(event.reached === true, 'reached'),
        ...when(event.reached === false, 'not-reached'),
      ];
    case 'referral.task.completed': {
      const withheld = asSenderSees !== undefined && !reportsOutcome(asSenderSees.returnPath);
      return withheld ? [] : [event.outcome];
    }
    case 'referral.task.withdrawal-requested':
      return [event.requestedBy];
    case 'referral.task.withdrawn':
      return [event.by];
    case 'referral.task.expired':
      return [event.timer];
    case 'referral.task.escalated':
      return [event.timer, event.milestone];
    case 'referral.task.marked-in-error':
      return when(event.disclosed, 'disclosed');
    case 'referral.packet.opened':
      return [event.direction, ...when(event.first, 'first')];
  }
}

function when(holds: boolean, flag: string): readonly string[] {
  return holds ? [flag] : [];
}
