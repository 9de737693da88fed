import { tenantScope, type Actor } from '#access';
import { referenceOf, type InboxAsked, type InboxRowView, type InstantText, type Need } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { statement, UnitOfWork, type StatementNamed } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { Inject, Injectable } from '@nestjs/common';
import { bySection, mostUrgentFirst, sectionOrder, sectionSql, type Section } from '../urgency/sections.ts';
import { dueGroupAt } from '#tracking';
import { markedDue } from '../urgency/urgency.ts';
import type { InboxRecord } from './inbox.rows.ts';

/** Its own Tasks by one index and those that it may claim by another, each in order, then merged. */
function statementOf(section: Section): StatementNamed<`inbox rows ${Section}`> {
  const wanted = `state <> 'entered-in-error' and need is not null and sender_organization_id is not null
    and ($5::text is null or state = $5) and ($6::text is null or need = $6)
    and ($7::uuid is null or owner_id = $7) and ${sectionSql(section, '', 'task_id')}`;
  const first = `${sectionOrder(section, 'due_at', 'task_id')} limit $8`;
  const own = `select * from inbox_row where recipient_organization_id = $4::uuid and ${wanted} ${first}`;
  const claimable = `select * from inbox_row where task_id = any(array(
      select task_id from inbox_claimant where organization_id = $4::uuid)) and ${wanted} ${first}`;
  return statement(`inbox rows ${section}`, `(${own}) union all (${claimable}) ${first}`);
}

const statements = bySection((section) => statementOf(section).reads<InboxRecord>());

/** The inbox of an agency, most urgent first. */
@Injectable()
export class InboxQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(actor: Actor, asked: InboxAsked, page: PageAsked): Promise<Page<InboxRowView>> {
    const owner = asked.mine === true ? actor.personId : null;
    const within = { now: this.clock.now(), group: asked.group };
    const { asOf, rows } = await this.unitOfWork.run(tenantScope(actor), (tx) =>
      mostUrgentFirst<InboxRecord>(
        page,
        within,
        ({ section, asOf: at, after, limit }) =>
          tx.query(statements[section], [
            at,
            after?.dueAt ?? null,
            after?.id ?? null,
            actor.organizationId,
            asked.state ?? null,
            asked.need ?? null,
            owner,
            limit,
          ]),
        (row) => ({ dueAt: row.due_at, id: row.task_id }),
      ),
    );
    return pageFrom(
      page,
      rows,
      ({ sort }) => sort,
      ({ row }) => viewOf(row, asOf),
    );
  }
}

function viewOf(row: InboxRecord, asOf: InstantText): InboxRowView {
  return {
    taskId: row.task_id,
    referralId: row.referral_id,
    reference: referenceOf(row.referral_id),
    serviceRequestId: row.service_request_id,
    need: row.need as Need,
    priority: row.priority,
    neededBy: row.needed_by,
    state: row.state,
    stateSince: row.state_since,
    subState: row.sub_state as InboxRowView['subState'],
    waitsFor: row.waits_for,
    dueTimer: row.due_timer,
    dueAt: row.due_at,
    dueGroup: dueGroupAt(markedDue(row), asOf),
    ownerId: row.owner_id,
    senderOrganizationId: row.sender_organization_id as string,
    healthcareServiceId: row.healthcare_service_id,
    assignment: row.assignment,
    contact: { prohibited: row.contact_prohibited, channels: row.contact_channels },
    attempts: row.attempts,
    appointmentAt: row.appointment_at,
    reviewOn: row.review_on,
    lastEvent: { type: row.last_type, at: row.last_at },
    sentAt: row.sent_at,
    version: row.version,
  };
}
