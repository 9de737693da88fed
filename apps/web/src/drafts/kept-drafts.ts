import type { DraftView } from '#contracts';
import type { Vault } from '../data/vault/vault.ts';
import type { Door } from '../door/door.ts';
import type { Outside } from '../door/outside.ts';
import { routes } from '../door/routes.ts';
import type { KeptDraft } from './saving/draft.ts';

/** A draft in a list. `isHere`, `isOnServer`: where it is kept. `isUnreadable`: this browser's key does not open it. */
export interface ListedDraft {
  readonly draftId: string;
  readonly kind: 'referral' | 'act';
  readonly taskId: string | null;
  /** The referral that was made of it. */
  readonly referralId: string | null;
  readonly isHere: boolean;
  readonly isOnServer: boolean;
  readonly isUnreadable: boolean;
}

const keptMostMs = 30 * 24 * 3_600_000;

/** What the vault has, with what the server has; a draft that was not touched for 30 days leaves the vault. */
export async function listedDrafts(
  vault: Vault | null,
  onServer: readonly DraftView[],
  now: number,
): Promise<readonly ListedDraft[]> {
  const found = (await vault?.all('draft')) ?? [];
  for (const { id, at } of found) if (isOver(at, now)) await vault?.remove('draft', id);
  const here = found
    .filter(({ at }) => !isOver(at, now))
    .map(({ id, value }) => ({ id, draft: value as KeptDraft | undefined }));
  const ids = [...new Set([...onServer.map(({ draftId }) => draftId as string), ...here.map(({ id }) => id)])];
  return ids.map((draftId) => {
    const server = onServer.find((each) => each.draftId === draftId);
    const kept = here.find(({ id }) => id === draftId);
    return {
      draftId,
      kind: server?.kind ?? kept?.draft?.kind ?? 'referral',
      taskId: server?.taskId ?? kept?.draft?.taskId ?? null,
      referralId: server?.referralId ?? null,
      isHere: kept !== undefined,
      isOnServer: server !== undefined,
      isUnreadable: server === undefined && kept !== undefined && kept.draft === undefined,
    };
  });
}

function isOver(at: number, now: number): boolean {
  return now - at > keptMostMs;
}

/** Erases a draft here and at the server; false if the server could not be reached, so that it is tried again. */
export async function discardDraft(
  { door, outside, vault }: { readonly door: Door; readonly outside: Outside; readonly vault: Vault | null },
  draftId: string,
): Promise<boolean> {
  const result = await door.ask(routes.discardDraft, { params: { id: draftId }, key: outside.newId() });
  if (!result.ok && result.code !== 'not-found') return false;
  await vault?.remove('draft', draftId);
  return true;
}
