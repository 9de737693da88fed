import { Injectable } from '@nestjs/common';
import type { NetworkId, OrganizationId, OrganizationKind, PersonId, Role } from '#contracts';
import { statement, type Tx } from '#persistence';
import {
  toAccessReplica,
  toReferralReplica,
  toTaskReplica,
  type AccessReplicaRow,
  type ReferralReplicaRow,
  type TaskReplicaRow,
} from './replica.rows.ts';
import type { About, Replica } from './replica.ts';
import type { Recipient } from './addressee.ts';

// The rule of libs/tracking for `referral.closed` in a timeline: a Task is withheld unless its end is always reported, or
// a person settled its need.
const referralById = statement(
  'audience referral',
  `select r.*, exists (
     select from known_task t
     where t.referral_id = r.referral_id and t.sent and t.return_path = 'none' and not t.end_reported
       and (t.service_request_id = any(r.settled_by_hand)) is not true) as result_is_withheld
   from known_referral r where referral_id = $1`,
).reads<ReferralReplicaRow & { result_is_withheld: boolean }>();
const taskById = statement('known task', 'select * from known_task where task_id = $1').reads<TaskReplicaRow>();
const accessById = statement(
  'known access',
  'select * from known_access where access_id = $1',
).reads<AccessReplicaRow>();

// Everybody whom an addressee can mean: people of a few organizations, and of the coordinating body. Never the whole network.
const peopleAround = statement(
  'people around a referral',
  `select p.person_id, p.organization_id, p.network_id, p.roles, o.kind
   from known_person p left join known_organization o on o.organization_id = p.organization_id
   where p.active and coalesce(o.active, true) and p.person_id in (
     select person_id from known_person where organization_id = any($2::uuid[])
     union all
     select person_id from known_person where network_id = $1 and 'coordinator' = any(roles)
     union all
     select m.person_id from known_organization c join known_person m on m.organization_id = c.organization_id
     where c.network_id = $1 and c.kind = 'coordinating-body')
   order by p.person_id`,
).reads<PersonRow>();

// The people who are notified about the platform itself: those with a role, in all organizations or in some.
const peopleOfRole = statement(
  'people of a role',
  `select p.person_id, p.organization_id, p.network_id, p.roles, o.kind
   from known_person p left join known_organization o on o.organization_id = p.organization_id
   where p.active and coalesce(o.active, true) and $1 = any(p.roles)
     and ($2::uuid[] is null or p.organization_id = any($2::uuid[]))
   order by p.person_id`,
).reads<PersonRow>();

interface PersonRow {
  readonly person_id: PersonId;
  readonly organization_id: OrganizationId;
  readonly network_id: NetworkId;
  readonly roles: readonly Role[];
  readonly kind: OrganizationKind | null;
}

/** Reads the local replicas, in the transaction of the event that is being handled. */
@Injectable()
export class ReplicaQueries {
  async load(tx: Tx, { referralId, taskId, accessId }: About): Promise<Replica> {
    const [referral] = await tx.query(referralById, [referralId]);
    const [task] = taskId === null ? [] : await tx.query(taskById, [taskId]);
    const [access] = accessId === null ? [] : await tx.query(accessById, [accessId]);
    return {
      referral:
        referral === undefined
          ? null
          : { ...toReferralReplica(referral), resultIsWithheld: referral.result_is_withheld },
      task: task === undefined ? null : toTaskReplica(task),
      access: access === undefined ? null : toAccessReplica(access),
    };
  }

  /** Active people of these organizations, and those who coordinate the network. */
  async peopleAround(
    tx: Tx,
    networkId: NetworkId,
    organizationIds: readonly OrganizationId[],
  ): Promise<readonly Recipient[]> {
    const rows = await tx.query(peopleAround, [networkId, organizationIds]);
    return rows.map(toRecipient);
  }

  /** Active people of this role: of these organizations, or of all (null). */
  async peopleOfRole(
    tx: Tx,
    role: Role,
    organizationIds: readonly OrganizationId[] | null,
  ): Promise<readonly Recipient[]> {
    return (await tx.query(peopleOfRole, [role, organizationIds])).map(toRecipient);
  }
}

function toRecipient(row: PersonRow): Recipient {
  return {
    personId: row.person_id,
    organizationId: row.organization_id,
    networkId: row.network_id,
    organizationKind: row.kind,
    roles: row.roles,
  };
}
