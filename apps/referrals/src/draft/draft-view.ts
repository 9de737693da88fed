import type { DraftSectionView, DraftView } from '#contracts';
import { endOf, type DraftHead, type StoredSection } from './draft.ts';

/** A draft for the person who writes it; `sections` with what was typed only in an answer to a read. */
export function draftView(head: DraftHead, sections: readonly DraftSectionView[]): DraftView {
  const { draftId, kind, taskId, referralId, createdAt, changedAt } = head;
  return { draftId, kind, taskId, referralId, createdAt, changedAt, endsAt: endOf(head), sections };
}

export function wholeSection({ name, version, at, device, content }: StoredSection): DraftSectionView {
  return { name, version, at, device, content };
}

/** For the answer to a command, which is stored: without what was typed (contract.md §1). */
export function savedSection({ name, version, at }: StoredSection): DraftSectionView {
  return { name, version, at };
}
