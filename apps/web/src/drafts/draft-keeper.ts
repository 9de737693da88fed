import type { Door } from '../door/door.ts';
import type { Outside } from '../door/outside.ts';
import { routes } from '../door/routes.ts';
import type { Vault } from '../data/vault/vault.ts';
import { written, type Content } from './merge/content.ts';
import {
  draftFrom,
  keptOf,
  newDraft,
  savedOf,
  type Draft,
  type InFlight,
  type KeptDraft,
  type Saved,
} from './saving/draft.ts';
import { isUnsaved, nextSavingLook, reduceSaving, type SavingInput } from './saving/saving.ts';
import { shareDraft, type DraftTabs } from './draft-tabs.ts';

export interface DraftParts {
  readonly door: Door;
  readonly outside: Outside;
  /** Null where the browser cannot keep anything safely. */
  readonly vault: Vault | null;
  /** How the person tells their devices apart, such as "Firefox on Linux". */
  readonly device: string;
  /** The server's clock now, in milliseconds since 1970. */
  readonly serverNow: () => number;
}

/** What is known of a draft before it is opened. */
export interface DraftHead {
  readonly draftId: string;
  readonly kind: 'referral' | 'act';
  readonly taskId: string | null;
}

/** One open draft. The first tab writes; the others show a live copy until they take the pen. */
export interface DraftKeeper {
  readonly state: () => Draft;
  readonly saved: () => Saved;
  readonly isWriting: () => boolean;
  readonly subscribe: (changed: () => void) => () => void;
  /** Ignored in a tab that only shows the draft. */
  readonly typed: (section: string, content: Content) => void;
  readonly left: () => void;
  readonly writeHere: () => void;
  /** Keeps and sends everything at once; resolves when the vault has it. */
  readonly flush: () => Promise<void>;
  readonly close: () => void;
}

/** Bodies that a page may still send when it ends: the browser refuses more than 64 KB together. */
const lastWordsMostCharacters = 20_000;

/** Opens a draft: what the vault and the server have of it are merged. */
export async function keepDraft(parts: DraftParts, head: DraftHead): Promise<DraftKeeper> {
  const { door, outside, vault, device } = parts;
  const listeners = new Set<() => void>();
  const kept = (await vault?.one('draft', head.draftId)) as KeptDraft | undefined;
  let draft: Draft =
    kept === undefined ? newDraft({ ...head, device, hasVault: vault !== null }) : draftFrom(kept, device);
  let isClosed = false;
  let stopLook = (): void => undefined;
  let writing: Promise<void> = Promise.resolve();

  const notify = (): void => {
    for (const changed of listeners) changed();
  };
  const input = (next: SavingInput): void => {
    if (!tabs.isWriting()) return;
    const step = reduceSaving(draft, next, outside.newId);
    draft = step.draft;
    for (const effect of step.effects) {
      if (effect.kind === 'keep') writing = keep(effect.revision);
      else void request(effect.request, effect.isLast);
    }
    look();
    tabs.show(draft);
    notify();
  };
  const look = (): void => {
    stopLook();
    const at = nextSavingLook(draft);
    if (at === null || isClosed) return;
    stopLook = outside.later(Math.max(0, at - outside.now()), () => input({ kind: 'passed', now: outside.now() }));
  };
  const keep = async (revision: number): Promise<void> => {
    const ok = (await vault?.keep('draft', draft.draftId, keptOf(draft))) === true;
    input({ kind: 'kept', ok, revision, now: outside.now() });
  };
  const request = async (what: InFlight, isLast: boolean): Promise<void> => {
    const { draftId, kind, taskId } = draft;
    if (what.kind === 'begin') {
      const body = { draftId, kind, ...(taskId === null ? {} : { taskId }) };
      const result = await door.ask(routes.beginDraft, { body, key: what.key });
      return input(result.ok ? { kind: 'begun', now: outside.now() } : refusal(result));
    }
    const body = { device, content: written(what.content) };
    const keepalive = isLast && body.content.length <= lastWordsMostCharacters;
    const result = await door.ask(
      routes.saveDraft,
      { params: { id: draftId, section: what.section }, body, key: what.key, ifMatch: what.ifMatch },
      { keepalive },
    );
    if (!result.ok) return input(refusal(result));
    input({ kind: 'saved', version: result.value.version, at: result.value.at, now: outside.now() });
  };
  const refusal = (problem: Extract<SavingInput, { kind: 'refused' }>['problem']): SavingInput => {
    return { kind: 'refused', problem, now: outside.now(), chance: outside.chance() };
  };

  const tabs: DraftTabs = shareDraft(head.draftId, {
    shown: (other) => {
      draft = other;
      notify();
    },
    granted: () => {
      // the tab that wrote before may have left a request or a write half done
      const inFlight = draft.inFlight === null ? null : { ...draft.inFlight, isUnsure: true };
      draft = { ...draft, isKeeping: false, inFlight };
      look();
      notify();
    },
    handOver: async () => {
      input({ kind: 'hidden', now: outside.now() });
      await writing;
    },
    lost: notify,
    current: () => draft,
    later: outside.later,
  });
  const onHide = (): void => input({ kind: 'hidden', now: outside.now() });
  window.addEventListener('pagehide', onHide);

  await tabs.ready;
  const found = await door.ask(routes.draft, { params: { id: head.draftId } });
  if (found.ok) input({ kind: 'found', sections: found.value.sections, now: outside.now() });
  look();

  return {
    state: () => draft,
    saved: () => savedOf(draft, isUnsaved),
    isWriting: tabs.isWriting,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    typed: (section, content) => input({ kind: 'typed', section, content, now: outside.now() }),
    left: () => input({ kind: 'left', now: outside.now() }),
    writeHere: tabs.take,
    flush: async () => {
      input({ kind: 'hidden', now: outside.now() });
      await writing;
    },
    close: () => {
      isClosed = true;
      stopLook();
      window.removeEventListener('pagehide', onHide);
      tabs.close();
    },
  };
}
