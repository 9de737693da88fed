import { tenantScope, type Actor } from '#access';
import { referenceOf, type InboxAsked, type InboxRowView, type InstantText, type Need } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { statement, UnitOfWork, type StatementNamed } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { Inject, Injectable } from '@nestjs/common';
import { mostUrgentFirst, sectionOrder, sections, sectionSql } from '../urgency/sections.ts';
import { bySlice, sectionOf } from '../urgency/slices.ts';
import { dueGroupAt } from '#tracking';
import { markedDue } from '../urgency/urgency.ts';
import { endedSlice, inboxFilter, inboxSections, inboxSql } from './inbox-filter.ts';
import type { InboxRecord } from './inbox.rows.ts';

const slices = [...sections, 'ended by state', 'ended of person', 'ended rerouting'] as const;
type InboxSlice = (typeof slices)[number];

function statementOf(slice: InboxSlice): StatementNamed<`inbox rows ${InboxSlice}`> {
  const section = sectionOf(slice);
  const condition = sectionSql(section, '', 'task_id');
  const first = `${sectionOrder(section, 'due_at', 'task_id')} limit $9`;
  return statement(`inbox rows ${slice}`, inboxSql({ columns: '*', slice, condition, first, from: 4 }));
}

const statements = bySlice(slices, (slice) => statementOf(slice).reads<InboxRecord>());

/** The inbox of an agency, most urgent first. */
@Injectable()
export class InboxQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(actor: Actor, asked: InboxAsked, page: PageAsked): Promise<Page<InboxRowView>> {
    const filter = inboxFilter(actor, asked);
    const ended = endedSlice(asked) ?? 'ended';
    const within = { now: this.clock.now(), ...inboxSections(asked) };
    const { asOf, rows } = await this.unitOfWork.run(tenantScope(actor), (tx) =>
      mostUrgentFirst<InboxRecord>(
        page,
        within,
        ({ section, asOf: at, after, limit }) =>
          tx.query(statements[section === 'ended' ? ended : section], [
            at,
            after?.dueAt ?? null,
            after?.id ?? null,
            ...filter,
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
