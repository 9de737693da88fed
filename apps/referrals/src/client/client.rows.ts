import type {
  BirthDateText,
  Category,
  ClientAddress,
  ClientId,
  ClientView,
  InstantText,
  NewClient,
  OrganizationId,
  SafeContact,
} from '#contracts';
import { columnsOfTable, statement, type Tx } from '#persistence';
import type { CountryCode } from 'libphonenumber-js';
import { matching, matchValues } from './keys/client-key.rows.ts';
import { keysOf, twinReadings } from './keys/client-keys.ts';
import { readPhone } from './keys/phone.ts';

/** A client as stored. `keyedVersion`: the version that the keys are of. */
interface ClientRow {
  readonly clientId: ClientId;
  readonly ownerOrganizationId: OrganizationId;
  readonly createdAt: InstantText;
  readonly version: number;
  readonly keyedVersion: number | null;
  readonly given: string | null;
  readonly family: string | null;
  readonly birthDate: BirthDateText | null;
  readonly estimated: boolean;
  readonly language: string;
  readonly interpreterNeeded: boolean;
  readonly phone: string | null;
  readonly phoneNumber: string | null;
  readonly phoneExtension: string | null;
  readonly email: string | null;
  readonly address: ClientAddress | null;
  readonly contactProhibited: boolean;
  readonly safeContact: SafeContact | null;
}

const clientTable = columnsOfTable('client').holding<ClientRow>({
  clientId: 'client_id',
  ownerOrganizationId: 'owner_organization_id',
  createdAt: 'created_at',
  version: 'version',
  keyedVersion: 'keyed_version',
  given: 'given',
  family: 'family',
  birthDate: 'birth_date',
  estimated: 'birth_estimated',
  language: 'language',
  interpreterNeeded: 'interpreter_needed',
  phone: 'phone',
  phoneNumber: 'phone_number',
  phoneExtension: 'phone_extension',
  email: 'email',
  address: 'address',
  contactProhibited: 'contact_prohibited',
  safeContact: 'safe_contact',
});
const replaced = clientTable.without('clientId', 'ownerOrganizationId', 'createdAt');
const shown = clientTable.without('ownerOrganizationId', 'createdAt', 'keyedVersion', 'phoneNumber', 'phoneExtension');

/** Another record of the organization that may be about the same person. */
export type TwinRow = Pick<ClientRow, 'clientId' | 'given' | 'family' | 'birthDate' | 'estimated' | 'phone'>;

const twins = (first: number): string =>
  `select client_id as "clientId", given, family, birth_date as "birthDate", birth_estimated as estimated, phone
   from client where client_id in (${matching(first)} limit 50)`;
/** `$1`: the client, `$2`: its owner, `$3`: the keys. */
const putKeys = `insert into client_key (owner_organization_id, key, client_id) select $2, unnest($3::text[]), $1`;
// One round trip: all parts see the rows from before the insert, so the new client is not its own duplicate.
const insert = statement(
  'client-insert',
  `with made as (insert into client (${clientTable.names}) ${clientTable.from(4)}),
   keyed as (${putKeys})
   ${twins(5)}`,
).reads<TwinRow>();
const selectTwins = statement('client-twins', twins(1)).reads<TwinRow>();
const replace = statement(
  'client-replace',
  `update client set (${replaced.names}) = (${replaced.from(2)}) where client_id = $1 returning owner_organization_id`,
).reads<{ owner_organization_id: string }>();
const holdUnkeyed = statement(
  'client-unkeyed',
  `select owner_organization_id as "ownerOrganizationId", given, family, birth_date as "birthDate", phone from client
   where client_id = $1 and keyed_version is distinct from version for update`,
).reads<Pick<ClientRow, 'ownerOrganizationId' | 'given' | 'family' | 'birthDate' | 'phone'>>();
const keyed = statement(
  'client-keyed',
  'update client set keyed_version = version, phone_number = $2, phone_extension = $3 where client_id = $1',
);
const dropKeys = statement(
  'client-keys-drop',
  `delete from client_key where client_id = $1 and owner_organization_id = $2 and key <> all($3::text[])`,
);
const renewKeys = statement('client-keys-renew', `${putKeys} on conflict do nothing`);
const firstReferral = statement(
  'client-first-referral',
  'select min(created_at) as "createdAt" from referral where client_id = $1',
).reads<{ createdAt: InstantText | null }>();
const selectMany = statement(
  'client-by-ids',
  `select ${shown.selected}, d.at as deceased
   from client left join client_death d using (client_id) where client_id = any($1::uuid[])`,
).reads<ShownRow>();
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
).reads<NeedText>();
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
const selectNote = statement('referral-note', 'select text from referral_note where referral_id = $1').reads<{
  text: string;
}>();

export interface StoredClient extends ClientView {
  readonly version: number;
}

export interface NeedText {
  readonly serviceRequestId: string;
  readonly statedNeed: string;
  readonly details: readonly { readonly category: Category; readonly text: string }[];
  /** The note of the person who settled the need by hand; null outside the organizations that may read it. */
  readonly settledNote: string | null;
}

/** Stores a new client; returns which others of its owner may be the same person. */
export async function writeClient(
  tx: Tx,
  clientId: string,
  ownerOrganizationId: string,
  client: NewClient,
  at: { readonly now: InstantText; readonly region: CountryCode },
): Promise<readonly TwinRow[]> {
  const version = 1;
  return tx.query(insert, [
    clientId,
    ownerOrganizationId,
    keysOf(client, at.region),
    clientTable.json({
      ...{ clientId, ownerOrganizationId, createdAt: at.now, version, keyedVersion: version },
      ...contentsOf(client, at.region),
    }),
    ...matchValues([ownerOrganizationId], twinReadings(client, at.region)),
  ]);
}

export async function readTwins(
  tx: Tx,
  ownerOrganizationId: string,
  client: NewClient,
  region: CountryCode,
): Promise<readonly TwinRow[]> {
  return tx.query(selectTwins, matchValues([ownerOrganizationId], twinReadings(client, region)));
}

/** Replaces the whole record, under its next version. */
export async function replaceClient(
  tx: Tx,
  clientId: string,
  client: NewClient,
  at: { readonly version: number; readonly region: CountryCode },
): Promise<void> {
  const { version, region } = at;
  const row = { version, keyedVersion: version, ...contentsOf(client, region) };
  const [found] = await tx.query(replace, [clientId, replaced.json(row)]);
  if (found !== undefined) await putKeysOf(tx, [clientId, found.owner_organization_id, keysOf(client, region)]);
}

/** Adds the keys of a client that was stored without them; changes nothing if the keys are those of the present version. */
export async function keyAgain(tx: Tx, clientId: string, region: CountryCode): Promise<void> {
  const [row] = await tx.query(holdUnkeyed, [clientId]);
  if (row === undefined) return;
  const { given, family, birthDate, phone, ownerOrganizationId: owner } = row;
  const said = Object.entries({ given, family, birthDate, phone }).filter(([, value]) => value !== null);
  await putKeysOf(tx, [clientId, owner, keysOf(Object.fromEntries(said), region)]);
  const read = phone === null ? undefined : readPhone(phone, region);
  await tx.query(keyed, [clientId, read?.number ?? null, read?.extension ?? null]);
}

async function putKeysOf(tx: Tx, keys: [clientId: string, owner: string, keys: readonly string[]]): Promise<void> {
  await tx.query(dropKeys, keys);
  await tx.query(renewKeys, keys);
}

/** When the client was first referred, among the referrals that the scope may see. */
export async function firstReferredAt(tx: Tx, clientId: string): Promise<InstantText | null> {
  const [found] = await tx.query(firstReferral, [clientId]);
  return found?.createdAt ?? null;
}

/** The clients among these ids that the scope may see. */
export async function readClients(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, StoredClient>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query(selectMany, [ids]);
  return new Map(rows.map((row) => [row.clientId, toClient(row)]));
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

/** The needs' texts with their details, of the needs that the scope may see. */
export async function readNeedTexts(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, NeedText>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query(selectNeeds, [ids]);
  return new Map(rows.map((row) => [row.serviceRequestId, row]));
}

export async function writeNote(tx: Tx, referralId: string, ownerOrganizationId: string, text: string): Promise<void> {
  await tx.query(insertNote, [referralId, ownerOrganizationId, text]);
}

/** Runs in the owner's own scope; null removes the note. */
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
  const [found] = await tx.query(selectNote, [referralId]);
  return found?.text ?? null;
}

type ShownRow = Omit<
  ClientRow,
  'ownerOrganizationId' | 'createdAt' | 'keyedVersion' | 'phoneNumber' | 'phoneExtension'
> & { readonly deceased: InstantText | null };

type Contents = Omit<ClientRow, 'clientId' | 'ownerOrganizationId' | 'createdAt' | 'version' | 'keyedVersion'>;

function contentsOf(client: NewClient, region: CountryCode): Contents {
  const { phone = null } = client;
  const read = phone === null ? undefined : readPhone(phone, region);
  return {
    given: client.given ?? null,
    family: client.family ?? null,
    birthDate: client.birthDate ?? null,
    estimated: client.estimated ?? false,
    language: client.language,
    interpreterNeeded: client.interpreterNeeded ?? false,
    phone,
    phoneNumber: read?.number ?? null,
    phoneExtension: read?.extension ?? null,
    email: client.email ?? null,
    address: client.address ?? null,
    contactProhibited: client.contactProhibited,
    safeContact: client.safeContact ?? null,
  };
}

function toClient({ deceased, safeContact, ...row }: ShownRow): StoredClient {
  return {
    ...row,
    safeContact: safeContact === null ? null : { ...safeContact, note: safeContact.note ?? null },
    ...(deceased === null ? {} : { deceased }),
  };
}
