import { AttachmentAdded, AttachmentRemoved, attachmentsMostLive } from '#contracts';
import { accepted } from '#decider';
import type { AddAttachment, Caller, RemoveAttachment } from '../model/command.ts';
import { isSender } from '../task/table/relation.ts';
import { guardRefused, notFound, roleRefused, type ReferralDecision } from '../model/refusal.ts';
import type { ReferralState } from '../model/state.ts';
import { isLive } from './attachment.ts';

/** Only the sender adds, only to what is open, and only so many. */
export function addAttachment(state: ReferralState, command: AddAttachment, caller: Caller): ReferralDecision {
  if (!isSender(state, caller)) return roleRefused(state, command.type);
  if (state.closed !== null) {
    return guardRefused(state, command.type, 'referralIsOpen', { closeCode: state.closed.code });
  }
  const live = state.attachments.filter(isLive).length;
  if (live >= attachmentsMostLive) {
    return guardRefused(state, command.type, 'referralHasRoom', { live, most: attachmentsMostLive });
  }
  const { attachmentId, kind, contentType, size } = command;
  return accepted([AttachmentAdded.of({ referralId: state.referralId, attachmentId, kind, contentType, size })]);
}

/** Also of a closed referral, whose agencies may go on reading its packets. A second time changes nothing. */
export function removeAttachment(state: ReferralState, command: RemoveAttachment, caller: Caller): ReferralDecision {
  if (!isSender(state, caller)) return roleRefused(state, command.type);
  const { attachmentId, reason } = command;
  const found = state.attachments.find((each) => each.attachmentId === attachmentId);
  if (found === undefined) return notFound(state, command.type, 'attachment', attachmentId);
  if (!isLive(found)) return accepted([]);
  return accepted([AttachmentRemoved.of({ referralId: state.referralId, attachmentId, reason })]);
}
