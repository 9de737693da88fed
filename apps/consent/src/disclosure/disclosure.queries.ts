import { Injectable } from '@nestjs/common';
import { hasRole, networkScope, tenantScope, type Actor } from '#access';
import type { DisclosureEntryView, DisclosuresAsked } from '#contracts';
import { UnitOfWork } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { entriesOf, toDisclosureView } from './disclosure.rows.ts';

@Injectable()
export class DisclosureQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Oldest first: what the actor's organization disclosed or received; for a coordinator, what it received. */
  async list(
    actor: Actor,
    asked: DisclosuresAsked,
    page: PageAsked<readonly [place: number]>,
  ): Promise<Page<DisclosureEntryView>> {
    const oversees = hasRole(actor, 'privacy-officer', 'discharge-planner');
    const rows = await this.unitOfWork.run(oversees ? tenantScope(actor) : networkScope(actor), (tx) =>
      tx.query(entriesOf, [asked.clientId ?? null, asked.taskId ?? null, page.after?.[0] ?? 0, page.limit + 1]),
    );
    return pageFrom(page, rows, (row) => [row.place], toDisclosureView);
  }
}
