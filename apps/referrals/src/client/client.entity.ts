import type { Category, ClientAddress, ClientView, InstantText, Language, NewClient, SafeContact } from '#contracts';
import { statement, type Tx } from '#persistence';

interface ClientRow {
  readonly client_id: string;
  readonly version: number;
  readonly given: string;
  readonly family: string;
  readonly birth_date: string;
  readonly language: Language;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: ClientAddress | null;
  readonly contact_prohibited: boolean;
  readonly safe_contact: SafeContact | null;
}

const columns =
  'client_id, version, given, family, birth_date, language, phone, email, address, contact_prohibited, safe_contact';
const insert = statement(
  'client-insert',
  `insert into client (client_id, owner_organization_id, version, given, family, birth_date, language, phone, email, address, contact_prohibited, safe_contact, created_at)
   values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
const replace = statement(
  'client-replace',
  `update client set version = $2, given = $3, family = $4, birth_date = $5, language = $6, phone = $7, email = $8,
     address = $9, contact_prohibited = $10, safe_contact = $11 where client_id = $1`,
);
const selectMany = statement('client-by-ids', `select ${columns} from client where client_id = any($1::uuid[])`);
const insertNeed = statement(
  'need-text-insert',
  'insert into need_text (service_request_id, referral_id, client_id, owner_organization_id, stated_need) values ($1, $2, $3, $4, $5)',
);
const selectNeeds = statement(
  'need-texts',
  `select n.service_request_id as "serviceRequestId", n.stated_need as "statedNeed",
     (select coalesce(jsonb_agg(jsonb_build_object('category', d.category, 'text', d.text) order by d.at, d.detail_id), '[]')
      from need_detail d where d.service_request_id = n.service_request_id) as details,
     (select s.text from settlement_note s where s.service_request_id = n.service_request_id) as "settledNote"
   from need_text n where n.service_request_id = any($1::uuid[])`,
);
const insertNote = statement(
  'referral-note-insert',
  `insert into referral_note (referral_id, owner_organization_id, text) values ($1, $2, $3)`,
);
const upsertNote = statement(
  'referral-note-upsert',
  `insert into referral_note (referral_id, owner_organization_id, text) values ($1, $2, $3)
   on conflict (referral_id) do update set text = excluded.text`,
);
const deleteNote = statement('referral-note-delete', 'delete from referral_note where referral_id = $1');
const selectNote = statement('referral-note', 'select text from referral_note where referral_id = $1');

export interface StoredClient extends ClientView {
  readonly version: number;
}

export interface NeedText {
  readonly serviceRequestId: string;
  readonly statedNeed: string;
  readonly details: readonly { readonly category: Category; readonly text: string }[];
  /** Of whoever settled the need by hand; null outside the organizations that may read it. */
  readonly settledNote: string | null;
}

export async function writeClient(
  tx: Tx,
  clientId: string,
  ownerOrganizationId: string,
  client: NewClient,
  now: InstantText,
): Promise<void> {
  await tx.query(insert, [clientId, ownerOrganizationId, ...fieldsOf(client), now]);
}

/** Puts the whole record in place of the old one, under its next version. */
export async function replaceClient(tx: Tx, clientId: string, client: NewClient, version: number): Promise<void> {
  await tx.query(replace, [clientId, version, ...fieldsOf(client)]);
}

/** The clients among these ids that the scope may see. */
export async function readClients(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, StoredClient>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<ClientRow>(selectMany, [ids]);
  return new Map(rows.map((row) => [row.client_id, toClient(row)]));
}

export async function writeNeedText(
  tx: Tx,
  need: {
    readonly serviceRequestId: string;
    readonly referralId: string;
    readonly clientId: string;
    readonly ownerOrganizationId: string;
    readonly statedNeed: string;
  },
): Promise<void> {
  await tx.query(insertNeed, [
    need.serviceRequestId,
    need.referralId,
    need.clientId,
    need.ownerOrganizationId,
    need.statedNeed,
  ]);
}

/** The needs' texts with their details, as far as the scope may see them. */
export async function readNeedTexts(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, NeedText>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<NeedText>(selectNeeds, [ids]);
  return new Map(rows.map((row) => [row.serviceRequestId, row]));
}

export async function writeNote(tx: Tx, referralId: string, ownerOrganizationId: string, text: string): Promise<void> {
  await tx.query(insertNote, [referralId, ownerOrganizationId, text]);
}

/** In the owner's own scope; null takes the note away. */
export async function replaceNote(
  tx: Tx,
  referralId: string,
  ownerOrganizationId: string,
  text: string | null,
): Promise<void> {
  if (text === null) await tx.query(deleteNote, [referralId]);
  else await tx.query(upsertNote, [referralId, ownerOrganizationId, text]);
}

export async function readNote(tx: Tx, referralId: string): Promise<string | null> {
  const [found] = await tx.query<{ text: string }>(selectNote, [referralId]);
  return found?.text ?? null;
}

function fieldsOf(client: NewClient): readonly unknown[] {
  return [
    client.given,
    client.family,
    client.birthDate,
    client.language,
    client.phone ?? null,
    client.email ?? null,
    client.address === undefined ? null : JSON.stringify(client.address),
    client.contactProhibited,
    client.safeContact === undefined ? null : JSON.stringify(client.safeContact),
  ];
}

function toClient(row: ClientRow): StoredClient {
  return {
    clientId: row.client_id,
    version: row.version,
    given: row.given,
    family: row.family,
    birthDate: row.birth_date,
    language: row.language,
    phone: row.phone,
    email: row.email,
    address: row.address,
    contactProhibited: row.contact_prohibited,
    safeContact: row.safe_contact === null ? null : { ...row.safe_contact, note: row.safe_contact.note ?? null },
  };
}
