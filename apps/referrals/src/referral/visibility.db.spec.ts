import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cast, reportingCases, historyNames, type ReportingCase } from '#decider/testing';
import { statement, withClient, type Scope } from '#persistence';
import { testDatabase, type TestDatabase } from '#testing';
import { agenciesOf } from '#tracking';
import { evolve, type ReferralState } from '../domain/referral.ts';
import { asSeenBySender } from '../domain/task/senders-view.ts';
import { Tables1764000000000 } from '../migrations/tables.migration.ts';
import { changedRows } from '../stream/referral.rows.ts';
import { referralPage } from '../stream/seen-referral.rows.ts';

const tenant = (organizationId: string): Scope => ({ kind: 'tenant', organizationId, personId: cast.dana });
const network = (networkId: string): Scope => ({
  ...{ kind: 'network', networkId, organizationId: cast.council, personId: cast.cora },
});
const agencies = [cast.harbor, cast.openDoor, cast.lakeside];
const readers: readonly Scope[] = [...[cast.hospital, ...agencies].map(tenant), network(cast.network)];

const visibleTasks = statement(
  'visible tasks',
  'select task_id as "taskId" from task where $1::uuid is null or referral_id = $1 order by task_id',
);
const visibleReferrals = statement('visible referrals', 'select referral_id as "referralId" from referral');

const states = new Map(reportingCases.map((each) => [each.referralId, stateOf(each)]));

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('referrals', [Tables1764000000000]);
  await writeAll();
});
afterAll(() => database.close());

function stateOf({ events }: ReportingCase): ReferralState {
  const folded = events.reduce<ReferralState | null>(
    (state, happened, index) => evolve(state, { ...happened, streamVersion: index + 1 }),
    null,
  );
  if (folded === null) throw new Error('an empty history');
  return folded;
}

/** The rows of every case, as commands would have written them. */
async function writeAll(): Promise<void> {
  const writes = [...states.values()].flatMap((state) => changedRows(null, state));
  await withClient(database.adminUrl, async (client) => {
    await client.query('set search_path = referrals');
    for (const name of ['referral', 'service_request', 'task']) {
      const ofTable = writes.filter(({ table }) => table.name === name);
      const columns = ofTable[0]?.table.columns.join(', ') ?? '';
      await client.query(
        `insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, $1)`,
        [JSON.stringify(ofTable.flatMap(({ rows }) => rows))],
      );
    }
  });
}

/** The rows of one referral, or of all. */
async function tasksSeenBy(scope: Scope, referralId: string | null): Promise<readonly string[]> {
  const rows = await database.unitOfWork.run(scope, (tx) =>
    tx.query<{ readonly taskId: string }>(visibleTasks, [referralId]),
  );
  return rows.map(({ taskId }) => taskId);
}

/** What libs/tracking says of it. */
function tasksToSee(scope: Scope, { tasks, senderOrganizationId }: ReferralState): readonly string[] {
  const isShown = (task: ReferralState['tasks'][number]): boolean =>
    scope.kind === 'network' ||
    (scope.kind === 'tenant' &&
      (scope.organizationId === senderOrganizationId || agenciesOf(task).includes(scope.organizationId)));
  return tasks
    .filter(isShown)
    .map(({ taskId }) => taskId)
    .toSorted();
}

async function listed(open: boolean): Promise<readonly string[]> {
  const page = { organizationId: cast.hospital, open, below: undefined, limit: 2 * reportingCases.length };
  const referrals = await database.unitOfWork.run(tenant(cast.hospital), (tx) => referralPage(tx, page));
  return referrals.map(({ referralId }) => referralId).toSorted();
}

describe('the database shows what the rules of libs/tracking show', () => {
  it.each(historyNames)('of the Tasks of a referral whose Task is %s, to each reader', async (place) => {
    for (const { referralId, path } of reportingCases.filter((each) => each.place === place)) {
      const state = states.get(referralId) as ReferralState;
      for (const reader of readers)
        expect([path, reader, await tasksSeenBy(reader, referralId)]).toEqual([
          path,
          reader,
          tasksToSee(reader, state),
        ]);
    }
  });

  it('of referrals, to their sender as open if the closing would reveal the result of a Task', async () => {
    const ofSender = (isOpen: boolean): readonly string[] =>
      [...states.values()]
        .filter((state) => (asSeenBySender(state).closed === null) === isOpen)
        .map(({ referralId }) => referralId)
        .toSorted();
    expect(await listed(true)).toEqual(ofSender(true));
    expect(await listed(false)).toEqual(ofSender(false));
    expect(ofSender(true).filter((id) => states.get(id)?.closed !== null)).not.toEqual([]);
  });

  it('no referral and no Task to an agency that it was not sent to, nor to another network', async () => {
    for (const scope of [tenant(cast.council), network(cast.north)]) {
      expect(await tasksSeenBy(scope, null)).toEqual([]);
    }
    for (const scope of agencies.map(tenant)) {
      expect(await database.unitOfWork.run(scope, (tx) => tx.query(visibleReferrals))).toEqual([]);
    }
  });
});
