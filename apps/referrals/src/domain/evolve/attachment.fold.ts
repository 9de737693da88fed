import type { AttachmentEvent } from '#contracts';
import type { AttachmentRow, ReferralState } from '../model/state.ts';
import type { EventStamp } from './task.fold.ts';

/** Folds an attachment put to the referral, or taken away. */
export function attachmentsAfter(
  state: ReferralState,
  event: AttachmentEvent,
  { at, version }: Pick<EventStamp, 'at' | 'version'>,
): ReferralState {
  switch (event.type) {
    case 'referral.attachment.added': {
      const { attachmentId, referralId, kind } = event;
      const added: AttachmentRow = {
        ...{ attachmentId, referralId, version, kind },
        ...{ addedAt: at, removedAt: null, removalReason: null },
      };
      return { ...state, attachments: [...state.attachments, added] };
    }
    case 'referral.attachment.removed': {
      const { attachmentId, reason } = event;
      return {
        ...state,
        attachments: state.attachments.map((row) =>
          row.attachmentId === attachmentId && row.removedAt === null
            ? { ...row, version, removedAt: at, removalReason: reason }
            : row,
        ),
      };
    }
  }
}
