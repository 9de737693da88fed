import type { AccessEvent, InstantText, OrganizationId } from '#contracts';
import { endTimers } from '#tracking';
import type { AccessRow, ReferralState, TaskRow } from '../model/state.ts';

/** Folds a grant, an end, or an opening of a packet. */
export function accessAfter(state: ReferralState, event: AccessEvent, at: InstantText): ReferralState {
  switch (event.type) {
    case 'referral.access.granted':
      return { ...state, access: [...state.access, granted(state, event, at)] };
    case 'referral.access.ended':
      return {
        ...state,
        access: state.access.map((row) =>
          row.accessId === event.accessId && row.endedAt === null ? { ...row, endedAt: at, cause: event.cause } : row,
        ),
      };
    case 'referral.packet.opened':
      return {
        ...state,
        tasks: state.tasks.map((task) =>
          task.taskId === event.taskId ? opened(task, event.toOrganizationId, at) : task,
        ),
      };
  }
}

function granted(
  state: ReferralState,
  event: Extract<AccessEvent, { type: 'referral.access.granted' }>,
  grantedAt: InstantText,
): AccessRow {
  const { accessId, taskId, clientId, fromOrganizationId, toOrganizationId } = event;
  const { categories, purpose, consentIds, noticeCodes } = event;
  const serviceRequestId = state.tasks.find((task) => task.taskId === taskId)?.serviceRequestId ?? '';
  return {
    ...{ accessId, taskId, serviceRequestId, clientId, fromOrganizationId, toOrganizationId },
    ...{ categories, purpose, consentIds, noticeCodes, grantedAt, endedAt: null, cause: null },
  };
}

function opened(task: TaskRow, organizationId: OrganizationId, at: InstantText): TaskRow {
  const ofRecipient = organizationId === task.recipientOrganizationId;
  const unread = ofRecipient && (task.newInformationAt ?? null) !== null;
  if (task.openedBy.includes(organizationId)) return unread ? { ...task, newInformationAt: null } : task;
  return {
    ...task,
    openedBy: [...task.openedBy, organizationId],
    packetOpenedAt: ofRecipient ? (task.packetOpenedAt ?? at) : task.packetOpenedAt,
    // Who opened it has it, on whatever channel it came.
    timers: ofRecipient ? endTimers(task.timers, 'deliver-by') : task.timers,
  };
}
