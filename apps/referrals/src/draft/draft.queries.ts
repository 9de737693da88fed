import { tenantScope, type Actor } from '#access';
import type { DraftId, DraftView } from '#contracts';
import { UnitOfWork } from '#persistence';
import { NotFound, pageFrom, type Page, type PageAsked } from '#service';
import { Injectable } from '@nestjs/common';
import { draftPage, findDraft, sectionsOf, type KnownDraft } from './draft.rows.ts';
import { draftView, wholeSection } from './draft-view.ts';

/** A page of drafts holds at most so much of what was typed, or one draft. */
const pageMaxBytes = 1024 * 1024;

/** Reads of a person's own drafts. */
@Injectable()
export class DraftQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  list(actor: Actor, asked: PageAsked<readonly [draftId: DraftId]>): Promise<Page<DraftView>> {
    const { personId } = actor;
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const rows = await draftPage(tx, personId, { below: asked.after?.[0], limit: asked.limit + 1 });
      const limit = Math.min(asked.limit, fitting(rows));
      const shown = rows.slice(0, limit + 1);
      const sections = await sectionsOf(
        tx,
        personId,
        shown.slice(0, limit).map((row) => row.draftId),
      );
      return pageFrom(
        { ...asked, limit },
        shown,
        (row) => [row.draftId],
        (row) => draftView(row, (sections.get(row.draftId) ?? []).map(wholeSection)),
      );
    });
  }

  one(actor: Actor, draftId: DraftId): Promise<DraftView> {
    const { personId } = actor;
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const found = await findDraft(tx, personId, draftId);
      if (found === undefined || found.endedAt !== null) throw new NotFound();
      const sections = (await sectionsOf(tx, personId, [draftId])).get(draftId) ?? [];
      return draftView(found, sections.map(wholeSection));
    });
  }
}

/** How many of these drafts are a page together; at least one. */
function fitting(rows: readonly KnownDraft[]): number {
  let size = 0;
  const over = rows.findIndex((row, index) => {
    size += row.size;
    return index > 0 && size > pageMaxBytes;
  });
  return over === -1 ? rows.length : over;
}
