import type { AttachmentContentType, AttachmentId, Category } from '#contracts';
import type { AttachmentRow } from '../model/state.ts';

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
 * nothing was never called harmless, and stays.
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
