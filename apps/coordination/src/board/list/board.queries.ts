import { readScope, type Actor } from '#access';
import { referenceOf, type BoardAsked, type BoardRowView, type InstantText } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { statement, UnitOfWork, type StatementNamed } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { Inject, Injectable } from '@nestjs/common';
import { mostUrgentFirst, sectionOrder, sections, sectionSql } from '../../urgency/sections.ts';
import { bySlice, sectionOf } from '../../urgency/slices.ts';
import { dueGroupAt } from '#tracking';
import { markedDue } from '../../urgency/urgency.ts';
import { boardFilter, boardSections, boardSql, endedSlice, eyesOf, type Eyes } from './board-filter.ts';
import { boardColumns, type BoardRecord, type NeedSeen } from '../board.rows.ts';

/** The columns of a row that every reader sees, and those of one kind of reader under their plain names. */
type SeenRecord = Omit<BoardRecord, `sender_${keyof NeedSeen}`>;

const slices = [...sections, 'ended by state', 'ended of person'] as const;
type BoardSlice = (typeof slices)[number];

function statementOf(eyes: Eyes, slice: BoardSlice): StatementNamed<`board ${Eyes} ${BoardSlice}`> {
  const prefix = eyes === 'sender' ? 'sender_' : '';
  const section = sectionOf(slice);
  const order = (of: string): string => `${sectionOrder(section, `${of}due_at`, 'service_request_id')} limit $10`;
  return statement(
    `board ${eyes} ${slice}`,
    boardSql({
      ...{ eyes, columns: boardColumns(prefix), slice, from: 4 },
      condition: sectionSql(section, prefix, 'service_request_id'),
      ...{ first: order(prefix), merged: order('') },
    }),
  );
}

const statements = {
  network: bySlice(slices, (slice) => statementOf('network', slice).reads<SeenRecord>()),
  sender: bySlice(slices, (slice) => statementOf('sender', slice).reads<SeenRecord>()),
};

/** The board: one row for each need, most urgent first. */
@Injectable()
export class BoardQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(actor: Actor, asked: BoardAsked, page: PageAsked): Promise<Page<BoardRowView>> {
    const eyes = eyesOf(actor);
    const filter = boardFilter(actor, asked);
    const ended = endedSlice(asked) ?? 'ended';
    const within = { now: this.clock.now(), ...boardSections(asked) };
    const { asOf, rows } = await this.unitOfWork.run(readScope(actor), (tx) =>
      mostUrgentFirst<SeenRecord>(
        page,
        within,
        ({ section, asOf: at, after, limit }) =>
          tx.query(statements[eyes][section === 'ended' ? ended : section], [
            at,
            after?.dueAt ?? null,
            after?.id ?? null,
            ...filter,
            limit,
          ]),
        (row) => ({ dueAt: row.due_at, id: row.service_request_id }),
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

function viewOf(row: SeenRecord, asOf: InstantText): BoardRowView {
  return {
    referralId: row.referral_id,
    reference: referenceOf(row.referral_id),
    serviceRequestId: row.service_request_id,
    need: row.need as BoardRowView['need'],
    priority: row.priority,
    neededBy: row.needed_by,
    result: row.result,
    taskId: row.task_id,
    state: row.state,
    stateSince: row.state_since,
    subState: row.sub_state as BoardRowView['subState'],
    waitsFor: row.waits_for,
    senderOrganizationId: row.sender_organization_id as string,
    recipientOrganizationId: row.recipient_organization_id,
    taskCount: row.task_count,
    openedAt: row.opened_at,
    lastEvent: lastEventOf(row),
    proposedAt: row.proposed_at,
    dueTimer: row.due_timer,
    dueAt: row.due_at,
    dueGroup: dueGroupAt(markedDue(row), asOf),
    version: row.version,
  };
}

function lastEventOf({ last_type, last_at }: SeenRecord): BoardRowView['lastEvent'] {
  return last_type === null || last_at === null ? null : { type: last_type, at: last_at };
}
