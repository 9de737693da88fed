import { readScope, type Actor } from '#access';
import type { ActorRole, InstantText, ReferralId, TimelineView } from '#contracts';
import { statement, UnitOfWork } from '#persistence';
import { NotFound } from '#service';
import { Injectable } from '@nestjs/common';
import type { KnownEvent } from '../board/board.ts';
import { timelineOf, type KeptItem } from './timeline.fold.ts';

interface ItemRecord {
  readonly version: number;
  readonly event_id: string;
  readonly type: string;
  readonly at: InstantText;
  readonly actor_id: string | null;
  readonly actor_role: ActorRole;
  readonly actor_organization_id: string | null;
  readonly event: object;
  readonly sender_organization_id: string | null;
}

const itemsStatement = statement(
  'timeline',
  `select version, event_id, type, at, actor_id, actor_role, actor_organization_id, event, sender_organization_id
   from timeline_item where referral_id = $1 order by version`,
).reads<ItemRecord>();

/** Timelines as their readers may see them; the policies choose the items. */
@Injectable()
export class TimelineQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Throws {@link NotFound} where the actor may see nothing of it. */
  async timeline(actor: Actor, referralId: ReferralId): Promise<TimelineView> {
    const scope = readScope(actor);
    const records = await this.unitOfWork.run(scope, (tx) => tx.query(itemsStatement, [referralId]));
    if (records.length === 0) throw new NotFound();
    const sent = records.some((record) => record.sender_organization_id === actor.organizationId);
    return timelineOf(referralId, records.map(keptItem), { asSender: scope.kind === 'tenant' && sent });
  }
}

function keptItem(record: ItemRecord): KeptItem {
  return {
    version: record.version,
    at: record.at,
    event: { ...record.event, type: record.type } as KnownEvent,
    eventId: record.event_id,
    actorId: record.actor_id,
    actorRole: record.actor_role,
    actorOrganizationId: record.actor_organization_id,
  };
}
