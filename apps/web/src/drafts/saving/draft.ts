import type { Problem } from '../../door/http/answer.ts';
import type { Content } from '../merge/content.ts';

/** A section as the server has it; `content` is text that the server does not read. */
export interface StoredSection {
  readonly name: string;
  readonly version: number;
  readonly at: string;
  readonly device?: string;
  readonly content?: string;
}

/** Why a section waits for its person. `unreadable`: written by a newer version of the application; it is left alone. */
export type Poison =
  | { readonly why: 'refused'; readonly problem: Problem; readonly content: Content }
  | { readonly why: 'unreadable'; readonly text: string };

export interface Section {
  /** As it is on the screen. */
  readonly content: Content;
  /** As the server had it when this content and the server's last agreed: what both sides of a merge began from. */
  readonly base: Content;
  /** Of `base`; 0 if the server has none. */
  readonly version: number;
  /** When the first thing was typed that the server does not have, in milliseconds. */
  readonly typedAt: number | null;
  readonly poison: Poison | null;
}

/** The one request of a draft that is under way. `isUnsure`: it may have arrived, and is repeated under its key. */
export type InFlight =
  | { readonly kind: 'begin'; readonly key: string; readonly isUnsure: boolean }
  | {
      readonly kind: 'save';
      readonly section: string;
      readonly key: string;
      readonly ifMatch: number;
      readonly content: Content;
      readonly isUnsure: boolean;
    };

/** A draft in memory, and how far it is kept. Instants are milliseconds of this computer's clock, if nothing else is said. */
export interface Draft {
  readonly draftId: string;
  readonly kind: 'referral' | 'act';
  readonly taskId: string | null;
  readonly device: string;
  readonly sections: Readonly<Record<string, Section>>;
  /** The server knows the draft. */
  readonly isBegun: boolean;
  readonly inFlight: InFlight | null;
  readonly tries: number;
  /** When the request that failed is repeated. */
  readonly savesAt: number | null;
  readonly waitsForSignIn: boolean;
  /** The server takes nothing of this draft any more: it was sent or ended elsewhere, or there are too many. */
  readonly serverRefuses: Problem | null;
  /** When the server last saved something, as an instant. */
  readonly savedAt: string | null;
  readonly hasVault: boolean;
  /** False once a write failed, until one succeeds. */
  readonly vaultWorks: boolean;
  /** Counts changes, and which of them the vault has. */
  readonly revision: number;
  readonly keptRevision: number;
  readonly isKeeping: boolean;
  readonly keepsAt: number | null;
}

/** `keep`: writes the whole draft to the vault. `isLast`: the page goes away. */
export type SavingEffect =
  | { readonly kind: 'keep'; readonly revision: number }
  | { readonly kind: 'request'; readonly request: InFlight; readonly isLast: boolean };

export interface SavingStep {
  readonly draft: Draft;
  readonly effects: readonly SavingEffect[];
}

export function newDraft(parts: Pick<Draft, 'draftId' | 'kind' | 'taskId' | 'device' | 'hasVault'>): Draft {
  return {
    ...parts,
    ...{ sections: {}, isBegun: false, inFlight: null, tries: 0, savesAt: null, waitsForSignIn: false },
    ...{ serverRefuses: null, savedAt: null, vaultWorks: true },
    ...{ revision: 0, keptRevision: 0, isKeeping: false, keepsAt: null },
  };
}

/** What the vault keeps of a draft. */
export type KeptDraft = Pick<Draft, 'draftId' | 'kind' | 'taskId' | 'sections' | 'isBegun' | 'inFlight' | 'savedAt'>;

export function keptOf({ draftId, kind, taskId, sections, isBegun, inFlight, savedAt }: Draft): KeptDraft {
  return { draftId, kind, taskId, sections, isBegun, inFlight, savedAt };
}

/** A draft that was found in the vault: a request that was under way may have arrived. */
export function draftFrom(kept: KeptDraft, device: string): Draft {
  const inFlight = kept.inFlight === null ? null : { ...kept.inFlight, isUnsure: true };
  return { ...newDraft({ ...kept, device, hasVault: true }), ...kept, inFlight };
}

/**
 * What the line beside the heading says; it is always true. `saving`: it was typed a moment ago. `here`: only this browser
 * has it. `server`: only the server has it, because this browser cannot keep anything safely.
 */
export type Saved =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'both' | 'server' | 'here'; readonly at: string | null }
  | { readonly kind: 'not-saved' };

export function savedOf(draft: Draft, isUnsaved: (section: Section) => boolean): Saved {
  const sections = Object.values(draft.sections);
  if (sections.length === 0) return { kind: 'nothing' };
  const at = draft.savedAt;
  const vaultFails = !draft.hasVault || !draft.vaultWorks;
  const isHere = !vaultFails && draft.keptRevision === draft.revision;
  const onServer = draft.isBegun && !sections.some(isUnsaved);
  if (onServer && vaultFails) return { kind: 'server', at };
  if (onServer) return isHere ? { kind: 'both', at } : { kind: 'saving' };
  const isPoisoned = sections.some(({ poison }) => poison !== null);
  const serverFails = draft.tries > 0 || draft.waitsForSignIn || draft.serverRefuses !== null || isPoisoned;
  if (!serverFails) return { kind: 'saving' };
  if (vaultFails) return { kind: 'not-saved' };
  return isHere ? { kind: 'here', at } : { kind: 'saving' };
}
