import { isTextFile, type AttachmentContentType, type AttachmentId, type Category } from '#contracts';
import type { AttachmentRow } from '../state/state.ts';

/** What is known of an attachment beside its bytes. `size` in bytes, `sha256` in hex. The title is client data. */
export interface AttachmentFile {
  readonly attachmentId: AttachmentId;
  readonly title: string;
  readonly categories: readonly Category[];
  readonly contentType: AttachmentContentType;
  readonly size: number;
  readonly sha256: string;
}

export function isLive({ removedAt }: Pick<AttachmentRow, 'removedAt'>): boolean {
  return removedAt === null;
}

/**
 * A document cannot be cut: it may leave only where every category that it speaks of is allowed. One that speaks of
 * nothing was never told to be harmless, and stays.
 */
export function mayLeave({ categories }: Pick<AttachmentFile, 'categories'>, allowed: readonly Category[]): boolean {
  return categories.length > 0 && categories.every((category) => allowed.includes(category));
}

/**
 * The attachments that one packet may show, as they were added; `files` is what the reader's scope lets through.
 */
export function released(
  rows: readonly AttachmentRow[],
  files: readonly AttachmentFile[],
  allowed: readonly Category[],
): readonly (AttachmentRow & AttachmentFile)[] {
  return rows.filter(isLive).flatMap((row) => {
    const file = files.find((each) => each.attachmentId === row.attachmentId);
    return file !== undefined && mayLeave(file, allowed) ? [{ ...row, ...file }] : [];
  });
}

const signatures: Readonly<Record<Exclude<AttachmentContentType, 'text/plain'>, readonly number[]>> = {
  // %PDF-
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** Whether bytes begin as their type does; a text is UTF-8. What no reader could open is not stored. */
export function isWhatItSays(contentType: AttachmentContentType, bytes: Uint8Array): boolean {
  if (contentType === 'text/plain') return isTextFile(bytes);
  return signatures[contentType].every((byte, index) => bytes[index] === byte);
}
