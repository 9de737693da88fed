import type { Problem } from '../../door/http/answer.ts';
import { delayBefore, treatmentOf } from '../../door/problems.ts';
import { isSameContent, noContent, readContent, type Content } from '../merge/content.ts';
import { merged, type Side } from '../merge/merge.ts';
import type { Draft, InFlight, Poison, SavingStep, Section, StoredSection } from './draft.ts';

/** Milliseconds after the first key stroke that is not kept yet. */
export const keepAfterMs = 300;
export const saveAfterMs = 2000;
/** After a write that failed. */
const keepAgainAfterMs = 10_000;

type What =
  | { readonly kind: 'typed'; readonly section: string; readonly content: Content }
  /** The person leaves a group of fields. */
  | { readonly kind: 'left' }
  | { readonly kind: 'passed' }
  | { readonly kind: 'kept'; readonly ok: boolean; readonly revision: number }
  | { readonly kind: 'begun' }
  | { readonly kind: 'saved'; readonly version: number; readonly at: string }
  /** `chance`: 0 to 1. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly chance: number }
  /** What the server has, when a draft is opened. */
  | { readonly kind: 'found'; readonly sections: readonly StoredSection[] }
  | { readonly kind: 'signed-in' }
  /** The page goes away. */
  | { readonly kind: 'hidden' };

/** `now` in milliseconds. */
export type SavingInput = What & { readonly now: number };
type Of<Kind extends What['kind']> = Extract<What, { readonly kind: Kind }> & { readonly now: number };

/**
 * What happens with a draft between the keyboard, this browser and the server. `newKey` makes an
 * Idempotency-Key.
 */
export function reduceSaving(draft: Draft, input: SavingInput, newKey: () => string): SavingStep {
  const isLast = input.kind === 'hidden';
  const when: When = { now: input.now, isLast, atOnce: isLast || input.kind === 'left' };
  return withSaves(withKeeps(applied(draft, input), when), when, newKey);
}

interface When {
  readonly now: number;
  readonly isLast: boolean;
  readonly atOnce: boolean;
}

function applied(draft: Draft, input: SavingInput): Draft {
  switch (input.kind) {
    case 'typed':
      return typed(draft, input);
    case 'kept':
      return kept(draft, input);
    case 'begun':
      return { ...draft, isBegun: true, inFlight: null, tries: 0, savesAt: null };
    case 'saved':
      return saved(draft, input);
    case 'refused':
      return refused(draft, input);
    case 'found':
      return input.sections.reduce<Draft>((each, section) => met(each, section, input.now), {
        ...draft,
        isBegun: true,
      });
    case 'signed-in':
      return { ...draft, waitsForSignIn: false };
    case 'left':
    case 'passed':
    case 'hidden':
      return draft;
  }
}

function typed(draft: Draft, { section, content, now }: Of<'typed'>): Draft {
  const before = sectionOf(draft, section);
  if (isSameContent(before.content, content)) return draft;
  return changed(draft, section, { ...before, content, typedAt: before.typedAt ?? now, poison: null }, now);
}

/** The draft with one section changed, which neither vault nor server has yet. */
function changed(draft: Draft, name: string, section: Section, now: number): Draft {
  const sections = { ...draft.sections, [name]: section };
  return { ...draft, sections, revision: draft.revision + 1, keepsAt: draft.keepsAt ?? now + keepAfterMs };
}

function kept(draft: Draft, { ok, revision, now }: Of<'kept'>): Draft {
  const isNewest = revision === draft.revision;
  const again = now + (ok ? keepAfterMs : keepAgainAfterMs);
  const keepsAt = ok && isNewest ? null : ok ? (draft.keepsAt ?? again) : again;
  return { ...draft, isKeeping: false, keptRevision: ok ? revision : draft.keptRevision, vaultWorks: ok, keepsAt };
}

function saved(draft: Draft, { version, at, now }: Of<'saved'>): Draft {
  const { inFlight } = draft;
  if (inFlight?.kind !== 'save') return draft;
  const section = sectionOf(draft, inFlight.section);
  const isAll = isSameContent(section.content, inFlight.content);
  const next = { ...section, base: inFlight.content, version, typedAt: isAll ? null : now };
  return recorded({ ...draft, inFlight: null, tries: 0, savesAt: null, savedAt: at }, inFlight.section, next);
}

/** What the server said must be in the vault too, or the next start of the browser would begin from an older base. */
function recorded(draft: Draft, name: string, section: Section): Draft {
  return { ...draft, sections: { ...draft.sections, [name]: section }, revision: draft.revision + 1, keepsAt: 0 };
}

function refused(draft: Draft, { problem, now, chance }: Of<'refused'>): Draft {
  const { inFlight } = draft;
  if (inFlight === null) return draft;
  if (problem.code === 'stale' && inFlight.kind === 'save') return stale(draft, inFlight, problem, now);
  const { repeat } = treatmentOf(problem);
  if (repeat === 'same-key' || problem.code === 'cancelled') {
    const tries = draft.tries + 1;
    // the same request again, under its key: it may have arrived
    const waiting = { ...inFlight, isUnsure: true };
    return { ...draft, inFlight: waiting, tries, savesAt: now + delayBefore(tries, problem.retryAfterSeconds, chance) };
  }
  if (repeat === 'after-sign-in') return { ...draft, inFlight: { ...inFlight, isUnsure: true }, waitsForSignIn: true };
  if (inFlight.kind === 'begin' || problem.code === 'guard')
    return { ...draft, inFlight: null, serverRefuses: problem };
  if (problem.code === 'not-found') return unknown(draft);
  const section = sectionOf(draft, inFlight.section);
  const poison: Poison = { why: 'refused', problem, content: inFlight.content };
  return {
    ...draft,
    inFlight: null,
    tries: 0,
    savesAt: null,
    sections: { ...draft.sections, [inFlight.section]: { ...section, poison } },
  };
}

/** The server was set up again: the draft begins there again, with everything that is here. */
function unknown(draft: Draft): Draft {
  const sections = Object.fromEntries(
    Object.entries(draft.sections).map(([name, section]) => [name, { ...section, base: noContent, version: 0 }]),
  );
  return { ...draft, sections, isBegun: false, inFlight: null };
}

/** Another device has saved this section: both are merged, and saved on top of what it saved. */
function stale(draft: Draft, inFlight: Extract<InFlight, { kind: 'save' }>, problem: Problem, now: number): Draft {
  const stored = 'members' in problem ? (problem.members['section'] as StoredSection | null | undefined) : undefined;
  const free = { ...draft, inFlight: null, tries: 0, savesAt: null };
  const section = sectionOf(free, inFlight.section);
  // erased at the server: what is here is everything there is
  if (stored === null || stored === undefined)
    return recorded(free, inFlight.section, { ...section, base: noContent, version: 0 });
  return met(free, stored, now);
}

/** Takes over what the server has of a section. */
function met(draft: Draft, stored: StoredSection, now: number): Draft {
  const section = sectionOf(draft, stored.name);
  if (stored.version <= section.version || stored.content === undefined) return draft;
  const theirs = readContent(stored.content);
  if (theirs === undefined) {
    // never overwritten: a newer version of the application wrote it
    const poison: Poison = { why: 'unreadable', text: stored.content };
    return { ...draft, sections: { ...draft.sections, [stored.name]: { ...section, poison } } };
  }
  const mine: Side = { content: section.content, device: draft.device, at: new Date(now).toISOString() };
  const content = merged(section.base, mine, { content: theirs, device: stored.device ?? '', at: stored.at });
  return recorded(draft, stored.name, { ...section, content, base: theirs, version: stored.version, poison: null });
}

function withKeeps(draft: Draft, { now, isLast }: When): SavingStep {
  const isDue = draft.keepsAt !== null && (isLast || draft.keepsAt <= now);
  // at the end of a page there is no time to wait for the write that is under way
  if (!isDue || !draft.hasVault || (draft.isKeeping && !isLast)) return { draft, effects: [] };
  return { draft: { ...draft, isKeeping: true, keepsAt: null }, effects: [{ kind: 'keep', revision: draft.revision }] };
}

function withSaves(step: SavingStep, when: When, newKey: () => string): SavingStep {
  const { draft } = step;
  const { inFlight } = draft;
  if (draft.waitsForSignIn || draft.serverRefuses !== null) return step;
  if (inFlight !== null) {
    const isDue = inFlight.isUnsure && (when.atOnce || (draft.savesAt ?? 0) <= when.now);
    return isDue ? sent(step, { ...inFlight, isUnsure: false }, when) : step;
  }
  const name = nextSection(draft, when);
  if (name === undefined) return step;
  if (!draft.isBegun) return sent(step, { kind: 'begin', key: newKey(), isUnsure: false }, when);
  const { content, version: ifMatch } = sectionOf(draft, name);
  return sent(step, { kind: 'save', section: name, key: newKey(), ifMatch, content, isUnsure: false }, when);
}

function sent({ draft, effects }: SavingStep, inFlight: InFlight, { isLast }: When): SavingStep {
  return {
    draft: { ...draft, inFlight, savesAt: null },
    effects: [...effects, { kind: 'request', request: inFlight, isLast }],
  };
}

/** The section that waits longest for the server; a poisoned one waits for its person and blocks no other. */
function nextSection(draft: Draft, { now, atOnce }: When): string | undefined {
  const due = Object.entries(draft.sections)
    .filter(([, section]) => isUnsaved(section) && section.poison === null)
    .filter(([, { typedAt }]) => atOnce || (typedAt ?? 0) + saveAfterMs <= now)
    .sort(([, one], [, other]) => (one.typedAt ?? 0) - (other.typedAt ?? 0));
  return due[0]?.[0];
}

export function isUnsaved({ content, base }: Section): boolean {
  return !isSameContent(content, base);
}

/** When to look at the draft again, in milliseconds; null: never. */
export function nextSavingLook(draft: Draft): number | null {
  const instants: number[] = [];
  if (draft.hasVault && !draft.isKeeping && draft.keepsAt !== null) instants.push(draft.keepsAt);
  const reaches = !draft.waitsForSignIn && draft.serverRefuses === null;
  if (reaches && draft.inFlight?.isUnsure === true) instants.push(draft.savesAt ?? 0);
  if (reaches && draft.inFlight === null) {
    for (const section of Object.values(draft.sections)) {
      if (isUnsaved(section) && section.poison === null) instants.push((section.typedAt ?? 0) + saveAfterMs);
    }
  }
  return instants.length === 0 ? null : Math.min(...instants);
}

function sectionOf({ sections }: Draft, name: string): Section {
  return sections[name] ?? { content: noContent, base: noContent, version: 0, typedAt: null, poison: null };
}
