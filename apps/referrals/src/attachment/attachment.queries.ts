import { tenantScope, type Actor } from '#access';
import type { AttachmentView, WholeAttachment } from '#contracts';
import { UnitOfWork } from '#persistence';
import { NotFound, pageFrom, type Page, type PageAsked } from '#service';
import { Injectable } from '@nestjs/common';
import { ReadingLog } from '../reading/reading-log.service.ts';
import { findReferral } from '../stream/seen-referral.rows.ts';
import { attachmentPage, findAttachment, readBytes } from './attachment.rows.ts';

/** The sender's own documents, including removed ones; everybody else opens them through the packet. */
@Injectable()
export class AttachmentQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly readings: ReadingLog,
  ) {}

  ofReferral(
    actor: Actor,
    referralId: string,
    asked: PageAsked<readonly [at: string, id: string]>,
  ): Promise<Page<AttachmentView>> {
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const seen = await findReferral(tx, referralId);
      if (seen === undefined) throw new NotFound();
      const [at, id] = asked.after ?? [];
      const rows = await attachmentPage(tx, referralId, {
        after: at === undefined || id === undefined ? undefined : { at: String(at), id: String(id) },
        limit: asked.limit + 1,
      });
      await this.readings.own(tx, actor, 'attachment', [seen.clientId]);
      return pageFrom(
        asked,
        rows,
        (row) => [row.addedAt, row.attachmentId],
        (row): AttachmentView => row,
      );
    });
  }

  one(actor: Actor, attachmentId: string): Promise<WholeAttachment> {
    return this.unitOfWork.run(tenantScope(actor), async (tx) => {
      const found = await findAttachment(tx, attachmentId);
      const base64 = (await readBytes(tx, [attachmentId])).get(attachmentId);
      if (found === undefined || base64 === undefined) throw new NotFound();
      const referral = await findReferral(tx, found.referralId);
      if (referral !== undefined) await this.readings.own(tx, actor, 'attachment', [referral.clientId]);
      return { ...found, base64 };
    });
  }
}
