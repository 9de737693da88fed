import { draftKinds, type DraftKind } from '../../codes/draft-kind.ts';
import { draftSections, type DraftSection } from '../../codes/draft-section.ts';
import { Code, Count, Id, Instant, Nested, Text } from '../../fields.ts';
import type { DraftId, InstantText, ReferralId, TaskId } from '../../ids.ts';
import { draftSectionMaxCharacters } from './draft.commands.ts';

/** One section as it was last saved. The answer to a command has neither `device` nor `content`. */
export class DraftSectionView {
  @Code(draftSections) readonly name!: DraftSection;
  /** From 1; the value for If-Match. */
  @Count() readonly version!: number;
  @Instant() readonly at!: InstantText;
  @Text({ maxLength: 60, optional: true }) readonly device?: string;
  @Text({ maxLength: draftSectionMaxCharacters, optional: true }) readonly content?: string;
}

/** What one person is writing, and nobody else sees. */
export class DraftView {
  @Id() readonly draftId!: DraftId;
  @Code(draftKinds) readonly kind!: DraftKind;
  @Id({ nullable: true }) readonly taskId!: TaskId | null;
  @Id({ nullable: true, description: 'The referral that was made of it.' }) readonly referralId!: ReferralId | null;
  @Instant() readonly createdAt!: InstantText;
  @Instant() readonly changedAt!: InstantText;
  @Instant({ description: 'When its sections are erased, unless one of them is saved before.' })
  readonly endsAt!: InstantText;
  @Nested(() => DraftSectionView, { list: true }) readonly sections!: readonly DraftSectionView[];
}

/** The answer to a discarded draft. */
export class EndedDraft {
  @Id() readonly draftId!: DraftId;
}
