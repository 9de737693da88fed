import { columnsOfTable, statement, type Tx } from '#persistence';
import type { AttachmentRow } from '../domain/model/state.ts';
import type { AttachmentFile } from '../domain/attachment/attachment.ts';

export interface NewAttachmentFile extends AttachmentFile {
  readonly referralId: string;
  readonly clientId: string;
  readonly ownerOrganizationId: string;
  readonly bytes: Buffer;
}

export type StoredAttachment = AttachmentRow & AttachmentFile;

/** The bytes are sent as they are, outside the row: as JSON they would be twice as many. */
const fileTable = columnsOfTable('attachment_file').holding<Omit<NewAttachmentFile, 'bytes'>>({
  attachmentId: 'attachment_id',
  referralId: 'referral_id',
  clientId: 'client_id',
  ownerOrganizationId: 'owner_organization_id',
  title: 'title',
  categories: 'categories',
  contentType: 'content_type',
  size: 'size',
  sha256: 'sha256',
});
const insert = statement(
  'attachment-file-insert',
  `insert into attachment_file (${fileTable.names}, bytes) select row.*, $2::bytea from (${fileTable.from(1)}) as row`,
);
const columns = `f.attachment_id as "attachmentId", f.title, f.categories, f.content_type as "contentType", f.size, f.sha256`;
const ofReferral = statement(
  'attachment-files-of-referral',
  `select ${columns} from attachment_file f where f.referral_id = $1`,
).reads<AttachmentFile>();
// PostgreSQL puts line breaks into what it encodes
const bytesOf = statement(
  'attachment-base64',
  `select translate(encode(bytes, 'base64'), chr(10), '') as base64 from attachment_file where attachment_id = $1`,
).reads<{ readonly base64: string }>();
const selectOne = statement(
  'attachment-own',
  `select a.row, ${columns} from attachment a join attachment_file f using (attachment_id) where a.attachment_id = $1`,
).reads<AttachmentFile & { row: AttachmentRow }>();
const selectPage = statement(
  'attachments-of-sender',
  `select a.row, ${columns} from attachment a join attachment_file f using (attachment_id)
   where a.referral_id = $1 and (a.row ->> 'addedAt', a.attachment_id) > ($2, $3::uuid)
   order by a.row ->> 'addedAt', a.attachment_id limit $4`,
).reads<AttachmentFile & { row: AttachmentRow }>();

/** Stores the document itself, in scope `system` with the referral as key. */
export async function writeFile(tx: Tx, file: NewAttachmentFile): Promise<void> {
  await tx.query(insert, [fileTable.json(file), file.bytes]);
}

/** A referral's documents that the scope may see, including removed ones, without their bytes. */
export async function readFiles(tx: Tx, referralId: string): Promise<readonly AttachmentFile[]> {
  return tx.query(ofReferral, [referralId]);
}

/**
 * The bytes of these documents, as base64, if the scope may see them. They are read one by one and encoded by the
 * database, because decoding megabytes at once would block every other request of this process.
 */
export async function readBytes(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const id of ids) {
    const [row] = await tx.query(bytesOf, [id]);
    if (row !== undefined) found.set(id, row.base64);
  }
  return found;
}

/** One document of the tenant's own. */
export async function findAttachment(tx: Tx, attachmentId: string): Promise<StoredAttachment | undefined> {
  const [found] = await tx.query(selectOne, [attachmentId]);
  return found === undefined ? undefined : stored(found);
}

/** The tenant's own documents of a referral, oldest first, after the given place. */
export async function attachmentPage(
  tx: Tx,
  referralId: string,
  page: { readonly after: { readonly at: string; readonly id: string } | undefined; readonly limit: number },
): Promise<readonly StoredAttachment[]> {
  const after = page.after ?? { at: '', id: '00000000-0000-0000-0000-000000000000' };
  const rows = await tx.query(selectPage, [referralId, after.at, after.id, page.limit]);
  return rows.map(stored);
}

function stored({ row, ...file }: AttachmentFile & { row: AttachmentRow }): StoredAttachment {
  return { ...row, ...file };
}
