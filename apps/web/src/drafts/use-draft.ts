import { useEffect, useState, useSyncExternalStore } from 'react';
import { keepDraft, type DraftHead, type DraftKeeper, type DraftParts } from './draft-keeper.ts';
import type { Draft, Saved } from './saving/draft.ts';

export interface OpenDraft {
  readonly keeper: DraftKeeper;
  readonly draft: Draft;
  readonly saved: Saved;
  readonly isWriting: boolean;
}

/** An open draft; undefined until it is read. `parts` must stay the same object as long as the person is signed in. */
export function useDraft(parts: DraftParts, { draftId, kind, taskId }: DraftHead): OpenDraft | undefined {
  const [keeper, setKeeper] = useState<DraftKeeper>();
  useEffect(() => {
    const opening = keepDraft(parts, { draftId, kind, taskId });
    let isOver = false;
    void opening.then((opened) => !isOver && setKeeper(opened));
    return () => {
      isOver = true;
      setKeeper(undefined);
      void opening.then(async (opened) => {
        await opened.flush();
        opened.close();
      });
    };
  }, [parts, draftId, kind, taskId]);
  const draft = useSyncExternalStore(
    (changed) => keeper?.subscribe(changed) ?? (() => undefined),
    () => keeper?.state(),
  );
  if (keeper === undefined || draft === undefined) return undefined;
  return { keeper, draft, saved: keeper.saved(), isWriting: keeper.isWriting() };
}
