import { draftKinds, type DraftKind } from '../../codes/draft-kind.ts';
import { Code, Id, Text } from '../../fields.ts';
import { Whole, type WholeFault } from '../../fields/whole.ts';
import type { DraftId, TaskId } from '../../ids.ts';

/** The most characters of one section. */
export const draftSectionMaxCharacters = 65_536;
/** The most drafts that one person may have at a time. */
export const draftsMostOpen = 100;

/** `POST /api/referrals/drafts`. The browser makes the id, so that it can begin without a network. */
@Whole(hasItsTask)
export class BeginDraft {
  @Id() readonly draftId!: DraftId;
  @Code(draftKinds) readonly kind!: DraftKind;
  @Id({ optional: true, description: 'For the kind `act`: the Task that it is about.' }) readonly taskId?: TaskId;
}

/** `PUT /api/referrals/drafts/:id/sections/:name`. */
export class SaveDraftSection {
  @Text({ maxLength: 60, description: 'How the person tells their devices apart, such as "Firefox on Linux".' })
  readonly device!: string;
  @Text({
    maxLength: draftSectionMaxCharacters,
    description:
      'What was typed, as the browser keeps it (JSON). The platform never reads it, so nothing typed is refused.',
  })
  readonly content!: string;
}

function hasItsTask({ kind, taskId }: BeginDraft): readonly WholeFault[] {
  if ((kind === 'act') === (taskId !== undefined)) return [];
  const message = kind === 'act' ? 'a draft of an action names its Task' : 'a draft of a referral has no Task';
  return [{ field: 'taskId', message, allowed: kind === 'act' ? 'the id of a Task' : 'no taskId' }];
}
