import { attachmentContentTypes, type AttachmentContentType } from '../../codes/attachment-content-type.ts';
import { attachmentKinds, type AttachmentKind } from '../../codes/attachment-kind.ts';
import { attachmentRemovals, type AttachmentRemoval } from '../../codes/attachment-removal.ts';
import { categories, type Category } from '../../codes/category.ts';
import { Code, Count, Id, Instant, Text } from '../../fields.ts';
import type { InstantText } from '../../ids.ts';

/** The answer to adding one: without the title, which is client data (contract.md §1). `size` in bytes, `sha256` in hex. */
export class AddedAttachment {
  @Id() readonly attachmentId!: string;
  @Id() readonly referralId!: string;
  /** The stream's version at the last change of this attachment. */
  @Count() readonly version!: number;
  @Code(attachmentKinds) readonly kind!: AttachmentKind;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(attachmentContentTypes) readonly contentType!: AttachmentContentType;
  @Count() readonly size!: number;
  @Text({ maxLength: 64, format: 'sha256' }) readonly sha256!: string;
  @Instant() readonly addedAt!: InstantText;
}

/** The answer to removing. */
export class RemovedAttachment extends AddedAttachment {
  @Instant({ nullable: true }) readonly removedAt!: InstantText | null;
  @Code(attachmentRemovals, { nullable: true }) readonly removalReason!: AttachmentRemoval | null;
}

/** An attachment in the sender's own list, which includes removed ones. */
export class AttachmentView extends RemovedAttachment {
  @Text({ maxLength: 200 }) readonly title!: string;
}

/** One of the sender's own attachments. */
export class WholeAttachment extends AttachmentView {
  @Text({ format: 'base64' }) readonly base64!: string;
}

/** In a packet: only if consent allows every category of it. `base64` only if its id was requested. */
export class PacketAttachment {
  @Id() readonly attachmentId!: string;
  @Code(attachmentKinds) readonly kind!: AttachmentKind;
  @Text({ maxLength: 200 }) readonly title!: string;
  @Code(categories, { list: true }) readonly categories!: readonly Category[];
  @Code(attachmentContentTypes) readonly contentType!: AttachmentContentType;
  @Count() readonly size!: number;
  @Text({ maxLength: 64, format: 'sha256' }) readonly sha256!: string;
  @Text({ format: 'base64', optional: true }) readonly base64?: string;
}
