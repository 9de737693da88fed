import { tenantScope, type Actor } from '#access';
import type { ReadingsAsked, ReadingView } from '#contracts';
import { UnitOfWork } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { Injectable } from '@nestjs/common';
import { readingsPage } from './reading.rows.ts';

/** What the people of the caller's organization have read. */
@Injectable()
export class ReadingQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  list(
    actor: Actor,
    asked: ReadingsAsked,
    page: PageAsked<readonly [at: string, id: string]>,
  ): Promise<Page<ReadingView>> {
    const [at, id] = page.after ?? [];
    return this.unitOfWork.run(tenantScope(actor), async (tx) =>
      pageFrom(
        page,
        await readingsPage(tx, {
          organizationId: actor.organizationId,
          clientId: asked.clientId,
          readerId: asked.readerId,
          day: asked.day,
          below: at === undefined || id === undefined ? undefined : { at: String(at), id: String(id) },
          limit: page.limit + 1,
        }),
        (row) => [row.at, row.readingId],
        (row) => row,
      ),
    );
  }
}
