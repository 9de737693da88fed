import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventEnvelope } from '#contracts';
import { cast, idOf, reportingCases, historyNames, type ReportingCase } from '#decider/testing';
import { statement, type Scope } from '#persistence';
import { agenciesOf, isWithheld, readersOf, resultForSender, unknownVisibility, visibilityAfter } from '#tracking';
import { factOf, type BoardReferral } from '../board/board.ts';
import { fold } from '../board/board.fold.ts';
import { tasksOfNeed } from '../board-status/board-status.ts';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';

const tenant = (organizationId: string): Scope => ({ kind: 'tenant', organizationId, personId: cast.dana });
const network = (networkId: string): Scope => ({
  ...{ kind: 'network', networkId, organizationId: cast.council, personId: cast.cora },
});
const agencies = [cast.harbor, cast.openDoor, cast.lakeside];
const readers: readonly Scope[] = [...[cast.hospital, ...agencies].map(tenant), network(cast.network)];

/** What a reader sees of a referral: Tasks of an inbox, results of needs on a board, items of a timeline. */
interface Shown {
  readonly tasks: readonly string[];
  readonly results: readonly string[];
  readonly items: readonly number[];
}

const visibleTasks = statement(
  'visible tasks',
  'select task_id as "taskId" from inbox_row where referral_id = $1 order by task_id',
);
const visibleNeeds = statement(
  'visible needs',
  `select result, sender_result as "senderResult" from board_row where referral_id = $1 order by service_request_id`,
);
const visibleItems = statement(
  'visible items',
  'select version from timeline_item where referral_id = $1 order by version',
);

/** The events of a case, as the referrals service publishes them. */
function envelopesOf({ events, referralId }: ReportingCase): readonly EventEnvelope[] {
  return events.map(({ event, time, actor }, index) => ({
    ...{ id: idOf('e', index + 1), type: event.type, schemaVersion: 1, source: '/referrals', subject: 'referral' },
    ...{ time, key: referralId, streamVersion: index + 1, actor, causationId: null, correlationId: idOf('f', 1) },
    ...{ traceparent: null, event },
  }));
}

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
  await coordination.handle(reportingCases.flatMap(envelopesOf));
});
afterAll(() => coordination.close());

const boardOf = (each: ReportingCase): BoardReferral => fold(each.referralId, null, envelopesOf(each).map(factOf));

function shown(scope: Scope, referralId: string): Promise<Shown> {
  return coordination.unitOfWork.run(scope, async (tx) => {
    const tasks = await tx.query<{ taskId: string }>(visibleTasks, [referralId]);
    const needs = await tx.query<{ result: string; senderResult: string }>(visibleNeeds, [referralId]);
    const items = await tx.query<{ version: number }>(visibleItems, [referralId]);
    return {
      tasks: tasks.map(({ taskId }) => taskId),
      results: needs.map(({ result, senderResult }) => (scope.kind === 'network' ? result : senderResult)),
      items: items.map(({ version }) => version),
    };
  });
}

/** The same by the rules of libs/tracking. */
function toShow(scope: Scope, each: ReportingCase): Shown {
  const referral = boardOf(each);
  const envelopes = envelopesOf(each);
  const visibility = envelopes.reduce(visibilityAfter, unknownVisibility);
  const items = envelopes.map(({ streamVersion: version, type, event, actor }) => {
    const { taskId = null, serviceRequestId = null } = event as { taskId?: string; serviceRequestId?: string };
    const about = { taskId, serviceRequestId, actorOrganizationId: actor.organizationId };
    return { version, ...readersOf(visibility, { version, type, ...about }) };
  });
  const versions = (isShown: (item: (typeof items)[number]) => boolean): readonly number[] =>
    items.filter(isShown).map(({ version }) => version);
  const taskIds = (of: BoardReferral['tasks']): readonly string[] => of.map(({ taskId }) => taskId).toSorted();
  if (scope.kind === 'network') {
    const results = referral.needs.map(({ result }) => result);
    return { tasks: taskIds(referral.tasks), results, items: versions(() => true) };
  }
  const reader = scope.kind === 'tenant' ? scope.organizationId : '';
  if (reader === referral.senderOrganizationId) {
    const results = referral.needs.map((need) => resultForSender(need, tasksOfNeed(referral, need.serviceRequestId)));
    return { tasks: [], results, items: versions(({ visibleToSender }) => visibleToSender) };
  }
  return {
    tasks: taskIds(referral.tasks.filter((task) => agenciesOf(task).includes(reader))),
    results: [],
    items: versions(({ agencyIds }) => agencyIds.includes(reader)),
  };
}

describe('the database shows what the rules of libs/tracking show', () => {
  it.each(historyNames)('of a referral whose Task is %s, to each reader', async (place) => {
    for (const each of reportingCases.filter((one) => one.place === place)) {
      for (const reader of readers)
        expect([each.path, reader, await shown(reader, each.referralId)]).toEqual([
          each.path,
          reader,
          toShow(reader, each),
        ]);
      const nothing: Shown = { tasks: [], results: [], items: [] };
      expect(await shown(network(cast.north), each.referralId)).toEqual(nothing);
    }
  });

  it.each(historyNames)('while a Task that is %s is frozen exactly where it is withheld', (place) => {
    for (const each of reportingCases.filter((one) => one.place === place))
      for (const task of boardOf(each).tasks) expect(task.frozen !== null).toBe(isWithheld(task));
  });
});
