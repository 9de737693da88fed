import { tenantScope } from '#access';
import { draftsMostOpen, type BeginDraft, type DraftId, type SaveDraftSection } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { CommandRunner, GuardRefused, Stale, type Answer, type CommandRequest, type Done } from '#service';
import { Inject, Injectable } from '@nestjs/common';
import { endTimer, noEndTimer } from './draft-timer.ts';
import { draftTable, endDraft, findDraft, findSection, openDrafts, sectionsOf, sectionTable } from './draft.rows.ts';
import { saved, sectionNamed, unsaved, type DraftHead, type StoredSection } from './draft.ts';
import { draftView, savedSection, wholeSection } from './draft-view.ts';

/**
 * What a person does with their drafts, one thing after the other: the stream is the person's. Nothing of it is an event,
 * and what was typed stays out of answers that are stored.
 */
@Injectable()
export class DraftService {
  constructor(
    private readonly commands: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A draft that this person began before is answered as it stands. */
  begin(request: CommandRequest, { draftId, kind, taskId }: BeginDraft): Promise<Answer> {
    const { actor } = request;
    const { personId, organizationId } = actor;
    return this.commands.run({
      request,
      scope: tenantScope(actor),
      find: async (tx) => ({ known: await findDraft(tx, personId, draftId) }),
      key: () => personId,
      work: async (tx, { known }): Promise<Done | Refusal> => {
        if (known !== undefined && known.endedAt !== null) return hasEnded(draftId);
        if (known !== undefined) {
          const sections = (await sectionsOf(tx, personId, [draftId])).get(draftId) ?? [];
          return { kind: 'done', body: draftView(known, sections.map(savedSection)), events: [] };
        }
        const open = await openDrafts(tx, personId);
        if (open >= draftsMostOpen) return tooMany(open);
        const now = this.clock.now();
        const head: DraftHead = {
          draftId,
          kind,
          taskId: taskId ?? null,
          referralId: null,
          createdAt: now,
          changedAt: now,
        };
        const row = {
          person_id: personId,
          draft_id: draftId,
          organization_id: organizationId,
          kind,
          task_id: head.taskId,
        };
        return {
          kind: 'done',
          status: 201,
          body: draftView(head, []),
          location: `/api/referrals/drafts/${draftId}`,
          events: [],
          rows: [{ table: draftTable, rows: [{ ...row, created_at: now }] }],
          timers: [endTimer(actor, head)],
        };
      },
    });
  }

  save(request: CommandRequest, draftId: DraftId, named: string, said: SaveDraftSection): Promise<Answer> {
    const { actor, ifMatch } = request;
    const { personId, organizationId } = actor;
    return this.commands.run({
      request,
      scope: tenantScope(actor),
      find: async (tx) => {
        const draft = await findDraft(tx, personId, draftId);
        const name = draft === undefined ? undefined : sectionNamed(draft.kind, named);
        return draft === undefined || name === undefined ? undefined : { draft, name };
      },
      key: () => personId,
      work: async (tx, { draft, name }): Promise<Done | Refusal> => {
        if (draft.endedAt !== null) return hasEnded(draftId);
        const stored = await findSection(tx, personId, draftId, name);
        const { device, content } = said;
        const next = saved(stored, { version: ifMatch }, { name, at: this.clock.now(), device, content });
        if (next === undefined) return changedMeanwhile(stored);
        const row = { person_id: personId, draft_id: draftId, organization_id: organizationId };
        return {
          kind: 'done',
          body: savedSection(next),
          version: next.version,
          events: [],
          rows: [{ table: sectionTable, rows: [{ ...row, ...next }] }],
        };
      },
    });
  }

  /** A draft that has ended already is answered as if it ended now. */
  discard(request: CommandRequest, draftId: DraftId): Promise<Answer> {
    const { actor } = request;
    const { personId } = actor;
    return this.commands.run({
      request,
      scope: tenantScope(actor),
      find: (tx) => findDraft(tx, personId, draftId),
      key: () => personId,
      work: async (tx): Promise<Done> => {
        await endDraft(tx, personId, draftId, this.clock.now());
        return {
          kind: 'done',
          body: { draftId },
          events: [],
          timers: [noEndTimer(personId, draftId)],
        };
      },
    });
  }
}

type Refusal = { readonly kind: 'refused'; readonly problem: GuardRefused | Stale };

function hasEnded(draftId: DraftId): Refusal {
  const detail = 'This draft was discarded, or ended 30 days after its last change. Begin a new one.';
  const problem = new GuardRefused({ guard: 'draftIsOpen', facts: { draftId }, legalMoves: [], detail });
  return { kind: 'refused', problem };
}

function tooMany(open: number): Refusal {
  const detail = 'You have as many drafts as one person may have. Discard one that is not needed, then begin.';
  const facts = { open, most: draftsMostOpen };
  return { kind: 'refused', problem: new GuardRefused({ guard: 'draftsHaveRoom', facts, legalMoves: [], detail }) };
}

/** To the person who wrote it on another device: their own words, to merge with. */
function changedMeanwhile(stored: StoredSection | undefined): Refusal {
  const section = stored === undefined ? null : wholeSection(stored);
  const current = { version: stored?.version ?? unsaved, state: null };
  return { kind: 'refused', problem: new Stale(current, { section }) };
}
