import { attachmentContentTypes, type AttachmentContentType } from '../../codes/attachment-content-type.ts';
import { attachmentKinds, type AttachmentKind } from '../../codes/attachment-kind.ts';
import { attachmentRemovals, type AttachmentRemoval } from '../../codes/attachment-removal.ts';
import { event } from '../../envelope.ts';
import { Code, Count, Id } from '../../fields.ts';
import type { AttachmentId } from '../../ids.ts';
import { OfReferral } from '../referral.events.ts';

/**
 * The sender added a document to the referral. The event does not contain its categories: that a document is about
 * substance use may itself be disclosed only with consent. `size` in bytes.
 */
export class AttachmentAdded extends event('referral.attachment.added', OfReferral) {
  @Id() readonly attachmentId!: AttachmentId;
  @Code(attachmentKinds) readonly kind!: AttachmentKind;
  @Code(attachmentContentTypes) readonly contentType!: AttachmentContentType;
  @Count() readonly size!: number;
}

/** From now on it is in no packet. */
export class AttachmentRemoved extends event('referral.attachment.removed', OfReferral) {
  @Id() readonly attachmentId!: AttachmentId;
  @Code(attachmentRemovals) readonly reason!: AttachmentRemoval;
}

export type AttachmentEvent = AttachmentAdded | AttachmentRemoved;
