import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statement, type Scope, type Tx } from '#persistence';
import { actorOf } from '#testing';
import { networkScope, tenantScope } from '#access';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';
import { idNumber, twoNeeds } from '../testing/referral-events.ts';

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
  await coordination.handle(twoNeeds(coordination.clock.now()).envelopes);
});
afterAll(() => coordination.close());

const tables = [
  'board_referral',
  'inbox_row',
  'inbox_claimant',
  'board_row',
  'timeline_referral',
  'timeline_item',
  'change',
] as const;
const counting = tables.map((table) => statement(`count ${table}`, `select count(*)::int as count from ${table}`));

const inScope = <T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> => coordination.unitOfWork.run(scope, work);

/** Rows that the application's own role gets to see of each table, in a scope. */
function seen(scope: Scope): Promise<Readonly<Record<string, number>>> {
  return inScope(scope, async (tx) => {
    const counts: Record<string, number> = {};
    for (const [index, table] of tables.entries()) {
      const [row] = await tx.query<{ count: number }>(counting[index] ?? { name: '', text: '' });
      counts[table] = row?.count ?? -1;
    }
    return counts;
  });
}

describe('The database itself shows', () => {
  const nothing = {
    board_referral: 0,
    inbox_row: 0,
    inbox_claimant: 0,
    board_row: 0,
    timeline_referral: 0,
    timeline_item: 0,
    change: 0,
  };

  it('an agency its own sent Tasks', async () => {
    expect(await seen(tenantScope(actorOf('ines.harbor')))).toEqual({
      ...nothing,
      inbox_row: 1,
      timeline_item: 1,
      change: 1,
    });
  });

  it('an agency nothing of a draft or of others', async () => {
    expect(await seen(tenantScope(actorOf('iris.lakeside')))).toEqual(nothing);
    expect(await seen(tenantScope(actorOf('ivan.opendoor')))).toEqual(nothing);
  });

  it('the sender its needs and their history, and no inbox', async () => {
    expect(await seen(tenantScope(actorOf('dana.planner')))).toEqual({
      ...nothing,
      board_row: 2,
      timeline_item: 6,
      change: 2,
    });
  });

  it('a coordinator its network', async () => {
    expect(await seen(networkScope(actorOf('cora.coordinator')))).toEqual({
      ...nothing,
      inbox_row: 2,
      board_row: 2,
      timeline_item: 6,
      change: 2,
    });
  });

  it('nothing to another network, to a packet’s reader, or where a setting is empty', async () => {
    const cora = actorOf('cora.coordinator');
    const scopes: readonly Scope[] = [
      { ...networkScope(cora), networkId: idNumber(7, 7) } as Scope,
      { kind: 'packet', organizationId: cora.organizationId, personId: cora.personId },
      { kind: 'tenant', organizationId: '', personId: '' },
      { kind: 'network', networkId: '', organizationId: cora.organizationId, personId: cora.personId },
    ];
    for (const scope of scopes) expect(await seen(scope)).toEqual(nothing);
  });

  it('no reader a way to write', async () => {
    const write = statement('try to write', `update inbox_row set state = 'accepted' returning task_id`);
    const put = statement(
      'try to put',
      `insert into change (at, referral_id, version, agency_ids, told_to_sender)
      values (now(), gen_random_uuid(), 1, '{}', true)`,
    );
    const scope = tenantScope(actorOf('ines.harbor'));
    expect(await inScope(scope, (tx) => tx.query(write))).toEqual([]);
    await expect(inScope(scope, (tx) => tx.query(put))).rejects.toThrow('row-level security');
  });

  it('the application’s role no way around', async () => {
    const own = statement(
      'own role',
      `select rolsuper or rolbypassrls as free, (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'coordination' and c.relowner = r.oid) as owned from pg_roles r where rolname = current_user`,
    );
    expect(await inScope({ kind: 'system', key: '' }, (tx) => tx.query(own))).toEqual([{ free: false, owned: 0 }]);
  });
});
