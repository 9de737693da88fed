import { Id, type DraftId, type OrganizationId, type PersonId } from '#contracts';
import type { TimerChange } from '#events';
import { endOf, type DraftHead } from './draft.ts';

export const draftEndKind = 'draft-end';

/** Ids alone. The key of the timer, which is the stream's, is the person. */
export class DraftEndPayload {
  @Id() readonly draftId!: DraftId;
  @Id() readonly organizationId!: OrganizationId;
}

/**
 * Set when a draft begins, for 30 days later. Saving does not move it: when it fires, it is set again for 30 days after
 * the last saving, so that typing costs no timer.
 */
export function endTimer(
  { personId, organizationId }: { readonly personId: PersonId; readonly organizationId: OrganizationId },
  draft: Pick<DraftHead, 'draftId' | 'changedAt'>,
): TimerChange {
  const { draftId } = draft;
  return {
    kind: draftEndKind,
    subject: subjectOf(personId, draftId),
    dueAt: endOf(draft),
    payload: { draftId, organizationId },
  };
}

export function noEndTimer(personId: PersonId, draftId: DraftId): TimerChange {
  return { kind: draftEndKind, subject: subjectOf(personId, draftId), dueAt: null };
}

/** Two people may have drafts of one id, so it names both. */
function subjectOf(personId: PersonId, draftId: DraftId): string {
  return `${personId}/${draftId}`;
}
