import { attachmentContentTypes, type AttachmentContentType } from '../../codes/attachment-content-type.ts';
import { attachmentKinds, type AttachmentKind } from '../../codes/attachment-kind.ts';
import { attachmentRemovals, type AttachmentRemoval } from '../../codes/attachment-removal.ts';
import { event } from '../../envelope.ts';
import { Code, Count, Id } from '../../fields.ts';
import type { AttachmentId } from '../../ids.ts';
import { OfReferral } from '../referral.events.ts';

/**
 * The sender put a document to the referral. Its categories are not told: that there is one of substance use is itself
 * something that only consent may let out. `size` in bytes.
 */
export class AttachmentAdded extends event('referral.attachment.added', OfReferral) {
  @Id() readonly attachmentId!: AttachmentId;
  @Code(attachmentKinds) readonly kind!: AttachmentKind;
  @Code(attachmentContentTypes) readonly contentType!: AttachmentContentType;
  @Count() readonly size!: number;
}

/** It is in no packet from now on. */
export class AttachmentRemoved extends event('referral.attachment.removed', OfReferral) {
  @Id() readonly attachmentId!: AttachmentId;
  @Code(attachmentRemovals) readonly reason!: AttachmentRemoval;
}

export type AttachmentEvent = AttachmentAdded | AttachmentRemoved;
