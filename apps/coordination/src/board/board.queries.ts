import { readScope, type Actor } from '#access';
import { referenceOf, type BoardAsked, type BoardRowView, type InstantText } from '#contracts';
import { CLOCK, type Clock } from '#events';
import { statement, UnitOfWork, type StatementNamed } from '#persistence';
import { pageFrom, type Page, type PageAsked } from '#service';
import { Inject, Injectable } from '@nestjs/common';
import { bySection, mostUrgentFirst, sectionOrder, sectionSql, type Section } from '../urgency/sections.ts';
import { dueGroupAt } from '#tracking';
import { markedDue } from '../urgency/urgency.ts';
import { boardColumns, type BoardRecord, type NeedSeen } from './board.rows.ts';

/** The reader: the network sees the actual state, the sender what may be reported to it. */
type Eyes = 'network' | 'sender';

/** The columns of a row that every reader sees, and those of one kind of reader under their plain names. */
type SeenRecord = Omit<BoardRecord, `sender_${keyof NeedSeen}`>;

function statementOf(eyes: Eyes, section: Section): StatementNamed<`board ${Eyes} ${Section}`> {
  const prefix = eyes === 'sender' ? 'sender_' : '';
  const owner = eyes === 'sender' ? 'sender_organization_id' : 'network_id';
  return statement(
    `board ${eyes} ${section}`,
    `select ${boardColumns(prefix)} from board_row
     where ${owner} = $4::uuid and need is not null
       and ($5::text is null or need = $5) and ($6::text is null or ${prefix}state = $6)
       and ($7::uuid is null or sender_organization_id = $7 or ${prefix}recipient_organization_id = $7)
       and ${sectionSql(section, prefix, 'service_request_id')}
     ${sectionOrder(section, `${prefix}due_at`, 'service_request_id')} limit $8`,
  );
}

const statements = {
  network: bySection((section) => statementOf('network', section).reads<SeenRecord>()),
  sender: bySection((section) => statementOf('sender', section).reads<SeenRecord>()),
};

/** The board: one row for each need, most urgent first. */
@Injectable()
export class BoardQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async page(actor: Actor, asked: BoardAsked, page: PageAsked): Promise<Page<BoardRowView>> {
    const scope = readScope(actor);
    const [eyes, owner]: readonly [Eyes, string] =
      scope.kind === 'network' ? ['network', actor.networkId] : ['sender', actor.organizationId];
    const within = { now: this.clock.now(), group: asked.dueGroup };
    const { asOf, rows } = await this.unitOfWork.run(scope, (tx) =>
      mostUrgentFirst<SeenRecord>(
        page,
        within,
        ({ section, asOf: at, after, limit }) =>
          tx.query(statements[eyes][section], [
            at,
            after?.dueAt ?? null,
            after?.id ?? null,
            owner,
            asked.need ?? null,
            asked.state ?? null,
            asked.organizationId ?? null,
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
