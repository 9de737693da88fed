import { Injectable } from '@nestjs/common';
import type { EventEnvelope, InstantText, OrganizationId, ReferralId } from '#contracts';
import type { Tx } from '#persistence';
import { CommandRunner, type SystemCommand } from '#service';
import { changedRows } from '../audience/replica.rows.ts';
import { aboutOf, foldReplica, ruleIn } from '../audience/replica.ts';
import { ReplicaQueries } from '../audience/replica.queries.ts';
import type { SourceEvent, NotificationRule } from '../audience/notification-rule.ts';
import { DeliveryPlanner, type DispatchPlan } from './delivery-planner.service.ts';

const consentExpiring: NotificationRule = { template: 'consent-expiring', to: ['sender-and-admins'] };
const ledgerBroken: NotificationRule = { template: 'ledger-broken', to: [] };
const emptyPlan: DispatchPlan = { events: [], rows: [], timers: [] };

/** Notifies the audience of an event and records the proof, in the event's own transaction. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly replicas: ReplicaQueries,
    private readonly planner: DeliveryPlanner,
  ) {}

  async dispatchEvent(
    tx: Tx,
    envelope: EventEnvelope<SourceEvent>,
    { now, replayed }: { readonly now: InstantText; readonly replayed: boolean },
  ): Promise<void> {
    const { id, type, event, correlationId } = envelope;
    const about = aboutOf(event);
    await this.record(tx, envelope, envelope.key, now, async () => {
      const before = await this.replicas.load(tx, about);
      const replica = foldReplica(before, type, event, envelope.actor);
      // A rebuild notifies nobody: the people who work there today were not the audience then.
      const rule = replayed ? 'nobody' : ruleIn(replica, type, event);
      const dispatch = { eventId: id, taskId: about.taskId, replica, correlationId, tries: 0, now };
      const plan = rule === 'nobody' ? emptyPlan : await this.planner.plan(tx, { ...dispatch, rule });
      return { ...plan, rows: [...changedRows(before, replica), ...plan.rows] };
    });
  }

  /** For an event of a consent: the audience is that of the referral that it names. */
  async remind(
    tx: Tx,
    envelope: EventEnvelope,
    { referralId, now }: { readonly referralId: ReferralId; readonly now: InstantText },
  ): Promise<void> {
    const { id: eventId, correlationId } = envelope;
    await this.record(tx, envelope, referralId, now, async () => {
      await tx.useScope({ kind: 'system', key: referralId });
      const replica = await this.replicas.load(tx, { referralId, taskId: null, accessId: null });
      const dispatch = { eventId, taskId: null, replica, correlationId, tries: 0, now };
      return this.planner.plan(tx, { ...dispatch, rule: consentExpiring });
    });
  }

  /** For an event of the disclosure ledger, which has its own stream and is about no referral. */
  async alarm(
    tx: Tx,
    envelope: EventEnvelope,
    { organizationIds, now }: { readonly organizationIds: readonly OrganizationId[]; readonly now: InstantText },
  ): Promise<void> {
    const dispatch = { eventId: envelope.id, correlationId: envelope.correlationId, tries: 0, now };
    await this.record(tx, envelope, envelope.key, now, () =>
      this.planner.planForOfficers(tx, { ...dispatch, rule: ledgerBroken }, organizationIds),
    );
  }

  private async record(
    tx: Tx,
    envelope: EventEnvelope,
    key: string,
    now: InstantText,
    plan: () => Promise<DispatchPlan>,
  ): Promise<void> {
    const command: SystemCommand<object> = {
      find: () => Promise.resolve({}),
      work: async () => ({ kind: 'done', body: undefined, at: now, ...(await plan()) }),
    };
    await this.commands.follow({ tx, envelope }, command, key);
  }
}
