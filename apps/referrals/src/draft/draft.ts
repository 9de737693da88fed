import {
  sectionsOfDraft,
  type DraftKind,
  type DraftSection,
  type InstantText,
  type SaveDraftSection,
} from '#contracts';

/** A section as it was last saved, with what was typed. */
export interface StoredSection extends SaveDraftSection {
  readonly name: DraftSection;
  /** Counts its savings, from 1. */
  readonly version: number;
  readonly at: InstantText;
}

/** A draft without what was typed. */
export interface DraftHead {
  readonly draftId: string;
  readonly kind: DraftKind;
  readonly taskId: string | null;
  readonly referralId: string | null;
  readonly createdAt: InstantText;
  readonly changedAt: InstantText;
}

/** How long what was typed is kept after its last change. */
const keptMs = 30 * 86_400_000;

/** When its sections are erased. */
export function endOf({ changedAt }: Pick<DraftHead, 'changedAt'>): InstantText {
  return new Date(Date.parse(changedAt) + keptMs).toISOString();
}

/** The section of this name that such a draft may have; undefined for any other name. */
export function sectionNamed(kind: DraftKind, name: string): DraftSection | undefined {
  return sectionsOfDraft[kind].find((each) => each === name);
}

/** The version before the first saving. */
export const unsaved = 0;

/**
 * A section after a saving; undefined where the device had not read what is stored, so that nothing typed is lost: the
 * device gets it and merges.
 */
export function saved(
  stored: StoredSection | undefined,
  read: { readonly version: number | undefined },
  next: Omit<StoredSection, 'version'>,
): StoredSection | undefined {
  const version = stored?.version ?? unsaved;
  return read.version === version ? { ...next, version: version + 1 } : undefined;
}
