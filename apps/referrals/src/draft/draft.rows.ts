import type { Actor } from '#access';
import type { DraftId, DraftSection, InstantText, PersonId, ReferralId } from '#contracts';
import { recordedTable } from '#events';
import { statement, type Tx } from '#persistence';
import type { DraftHead, StoredSection } from './draft.ts';

// Without `referral_id` and `ended_at`: beginning a draft again leaves them as they are.
export const draftTable = recordedTable({
  name: 'draft',
  key: ['person_id', 'draft_id'],
  columns: ['person_id', 'draft_id', 'organization_id', 'kind', 'task_id', 'created_at'],
});

export const sectionTable = recordedTable({
  name: 'draft_section',
  key: ['person_id', 'draft_id', 'name'],
  columns: ['person_id', 'draft_id', 'name', 'organization_id', 'version', 'at', 'device', 'content'],
});

export interface KnownDraft extends DraftHead {
  readonly endedAt: InstantText | null;
  /** Bytes of all that was typed. */
  readonly size: number;
}

interface SectionRow extends StoredSection {
  readonly draftId: DraftId;
}

const head = `d.draft_id as "draftId", d.kind, d.task_id as "taskId", d.referral_id as "referralId",
    d.created_at as "createdAt", d.ended_at as "endedAt",
    greatest(d.created_at, (select max(s.at) from draft_section s
      where s.person_id = d.person_id and s.draft_id = d.draft_id)) as "changedAt",
    (select coalesce(sum(octet_length(s.content)), 0)::int from draft_section s
      where s.person_id = d.person_id and s.draft_id = d.draft_id) as size`;
const selectOne = statement(
  'draft-by-id',
  `select ${head} from draft d where d.person_id = $1 and d.draft_id = $2`,
).reads<KnownDraft>();
const selectPage = statement(
  'drafts-of-person',
  `select ${head} from draft d where d.person_id = $1 and d.ended_at is null and d.draft_id < $2
   order by d.draft_id desc limit $3`,
).reads<KnownDraft>();
const countOpen = statement(
  'drafts-open',
  'select count(*)::int as open from draft where person_id = $1 and ended_at is null',
).reads<{ open: number }>();
const section = 'draft_id as "draftId", name, version, at, device, content';
const selectSections = statement(
  'draft-sections',
  `select ${section} from draft_section where person_id = $1 and draft_id = any($2::uuid[]) order by draft_id, name`,
).reads<SectionRow>();
const selectSection = statement(
  'draft-section',
  `select ${section} from draft_section where person_id = $1 and draft_id = $2 and name = $3`,
).reads<SectionRow>();
// A draft that was never saved here has no words here: it begins ended.
const claim = statement(
  'draft-claim',
  `insert into draft (person_id, draft_id, organization_id, kind, referral_id, created_at, ended_at)
   values ($1, $2, $3, 'referral', $4, $5, $5)
   on conflict (person_id, draft_id) do update set referral_id = excluded.referral_id where draft.referral_id is null
   returning draft_id`,
);
// One statement, so that no draft has ended and still has words.
const end = statement(
  'draft-end',
  `with erased as (delete from draft_section where person_id = $1 and draft_id = $2)
   update draft set ended_at = $3 where person_id = $1 and draft_id = $2 and ended_at is null`,
);

/** The person's draft, also one that has ended. */
export async function findDraft(tx: Tx, personId: PersonId, draftId: DraftId): Promise<KnownDraft | undefined> {
  const [found] = await tx.query(selectOne, [personId, draftId]);
  return found;
}

/** Those that have not ended, newest first, below the given one. */
export async function draftPage(
  tx: Tx,
  personId: PersonId,
  { below, limit }: { readonly below: DraftId | undefined; readonly limit: number },
): Promise<readonly KnownDraft[]> {
  return tx.query(selectPage, [personId, below ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', limit]);
}

export async function openDrafts(tx: Tx, personId: PersonId): Promise<number> {
  const [counted] = await tx.query(countOpen, [personId]);
  return counted?.open ?? 0;
}

/** What was typed in these drafts, by draft. */
export async function sectionsOf(
  tx: Tx,
  personId: PersonId,
  draftIds: readonly DraftId[],
): Promise<ReadonlyMap<DraftId, readonly StoredSection[]>> {
  const rows = await tx.query(selectSections, [personId, draftIds]);
  return Map.groupBy(rows, (row) => row.draftId);
}

export async function findSection(
  tx: Tx,
  personId: PersonId,
  draftId: DraftId,
  name: DraftSection,
): Promise<StoredSection | undefined> {
  const [found] = await tx.query(selectSection, [personId, draftId, name]);
  return found;
}

/** Erases what was typed. The draft's ids stay. */
export async function endDraft(tx: Tx, personId: PersonId, draftId: DraftId, at: InstantText): Promise<void> {
  await tx.query(end, [personId, draftId, at]);
}

/** Makes this the referral of the draft; false where it has one, also where another device's command was just first. */
export async function claimDraft(
  tx: Tx,
  { personId, organizationId }: Pick<Actor, 'personId' | 'organizationId'>,
  { draftId, referralId, at }: { readonly draftId: DraftId; readonly referralId: ReferralId; readonly at: InstantText },
): Promise<boolean> {
  return (await tx.query(claim, [personId, draftId, organizationId, referralId, at])).length > 0;
}
