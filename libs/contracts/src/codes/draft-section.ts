import type { DraftKind } from './draft-kind.ts';

/** The parts in which a draft is saved, each with a version of its own. `sending` holds how far its sending has come. */
export const draftSections = ['who', 'needs', 'permission', 'when', 'sending', 'act'] as const;
export type DraftSection = (typeof draftSections)[number];

export const sectionsOfDraft: Readonly<Record<DraftKind, readonly DraftSection[]>> = {
  referral: ['who', 'needs', 'permission', 'when', 'sending'],
  act: ['act'],
};
