import { attachmentContentTypes, type AttachmentContentType } from '../../codes/attachment-content-type.ts';
import { attachmentKinds, type AttachmentKind } from '../../codes/attachment-kind.ts';
import { attachmentRemovals, type AttachmentRemoval } from '../../codes/attachment-removal.ts';
import { categories, type Category } from '../../codes/category.ts';
import { Code, Text } from '../../fields.ts';
import { fileMaxCharacters } from '../../file-limits.ts';

/** The most bytes of one attachment, decoded. */
export const attachmentMaxBytes = 5 * 1024 * 1024;
/** The most attachments of one referral, without removed ones. */
export const attachmentsMostLive = 20;
/** The most attachments whose bytes one opening of a packet may return. */
export const attachmentsMostOpened = 5;

/**
 * `POST /api/referrals/referrals/:id/attachments`. `categories`: every category that the document mentions; it is
 * released only if all of them are. `sha256` (hex) is compared with the bytes.
 */
export class AddAttachment {
  @Code(attachmentKinds) readonly kind!: AttachmentKind;
  @Text({ maxLength: 200 }) readonly title!: string;
  @Code(categories, { list: true, min: 1, max: 11 }) readonly categories!: readonly Category[];
  @Code(attachmentContentTypes) readonly contentType!: AttachmentContentType;
  @Text({ maxLength: fileMaxCharacters, format: 'base64' }) readonly base64!: string;
  @Text({ maxLength: 64, format: 'sha256', optional: true }) readonly sha256?: string;
}

/** `POST /api/referrals/attachments/:id/remove`. */
export class RemoveAttachment {
  @Code(attachmentRemovals) readonly reason!: AttachmentRemoval;
}
