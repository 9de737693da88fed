import type { Category, InstantText } from '#contracts';
import { columnsOfTable, statement, type Tx } from '#persistence';

export interface NewMessage {
  readonly messageId: string;
  readonly taskId: string;
  readonly referralId: string;
  readonly serviceRequestId: string;
  readonly clientId: string;
  readonly authorOrganizationId: string;
  readonly senderOrganizationId: string;
  readonly side: 'sender' | 'agency';
  readonly kind: 'question' | 'reply' | 'note';
  readonly text: string;
  readonly at: InstantText;
}

export interface MessageRow {
  readonly messageId: string;
  readonly at: InstantText;
  readonly from: 'sender' | 'agency';
  readonly kind: 'question' | 'reply' | 'note';
  readonly text: string;
}

export interface NewDetail {
  readonly detailId: string;
  readonly serviceRequestId: string;
  readonly referralId: string;
  readonly clientId: string;
  readonly ownerOrganizationId: string;
  readonly category: Category;
  readonly text: string;
  readonly at: InstantText;
}

const messageTable = columnsOfTable('message').holding<NewMessage>({
  messageId: 'message_id',
  taskId: 'task_id',
  referralId: 'referral_id',
  serviceRequestId: 'service_request_id',
  clientId: 'client_id',
  authorOrganizationId: 'author_organization_id',
  senderOrganizationId: 'sender_organization_id',
  side: 'side',
  kind: 'kind',
  text: 'text',
  at: 'at',
});
const detailTable = columnsOfTable('need_detail').holding<NewDetail>({
  detailId: 'detail_id',
  serviceRequestId: 'service_request_id',
  referralId: 'referral_id',
  clientId: 'client_id',
  ownerOrganizationId: 'owner_organization_id',
  category: 'category',
  text: 'text',
  at: 'at',
});

const insertMessage = statement('message-insert', messageTable.insert);
const insertDetail = statement('need-detail-insert', detailTable.insert);
const selectMessages = statement(
  'message-of-task',
  `select message_id as "messageId", at, side as "from", kind, text from message
   where task_id = $1 and (at, message_id) > ($2::timestamptz, $3::uuid) order by at, message_id limit $4`,
).reads<MessageRow>();

const upsertSettlementNote = statement(
  'settlement-note-upsert',
  `insert into settlement_note (service_request_id, referral_id, owner_organization_id, author_organization_id, text)
   values ($1, $2, $3, $4, $5) on conflict (service_request_id) do update
     set author_organization_id = excluded.author_organization_id, text = excluded.text`,
);

export interface SettlementNote {
  readonly serviceRequestIds: readonly string[];
  readonly referralId: string;
  readonly ownerOrganizationId: string;
  readonly authorOrganizationId: string;
  readonly text: string;
}

/** Why somebody settled these needs by hand; the note of a later settlement replaces that of an earlier one. */
export async function writeSettlementNote(tx: Tx, note: SettlementNote): Promise<void> {
  for (const id of note.serviceRequestIds) {
    await tx.query(upsertSettlementNote, [
      id,
      note.referralId,
      note.ownerOrganizationId,
      note.authorOrganizationId,
      note.text,
    ]);
  }
}

/** Texts of people, written in scope `system` with the referral of their command as key. */
export async function writeMessage(tx: Tx, message: NewMessage): Promise<void> {
  await tx.query(insertMessage, [messageTable.json(message)]);
}

export async function writeDetails(tx: Tx, details: readonly NewDetail[]): Promise<void> {
  for (const detail of details) await tx.query(insertDetail, [detailTable.json(detail)]);
}

/** What the scope's tenant may read of a Task's messages, oldest first, after the given place. `limit` null: all. */
export async function messagesOf(
  tx: Tx,
  taskId: string,
  page: {
    readonly after: { readonly at: InstantText; readonly id: string } | undefined;
    readonly limit: number | null;
  },
): Promise<readonly MessageRow[]> {
  const after = page.after ?? { at: '1970-01-01T00:00:00.000Z', id: '00000000-0000-0000-0000-000000000000' };
  return tx.query(selectMessages, [taskId, after.at, after.id, page.limit]);
}
