import { describe, expect, it } from '@jest/globals';
import { ClientDeathUndone, reasonsFor, type ReasonedAction } from '#contracts';
import {
  callers,
  cast,
  consenting,
  factsAt,
  fold,
  idOf,
  ReferralHistory,
  services,
  specification,
  historyNames,
  histories,
  type WhenResult,
  type HistoryName,
} from '#decider/testing';
import { isOpen } from '#tracking';
import {
  evolve,
  legalMoves,
  type AnyReferralEvent,
  type Facts,
  type ReferralCommand,
  type ReferralState,
} from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { lookAhead } from '../evolve/unfold.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const stateOf = (history: ReferralHistory): ReferralState => fold({ evolve }, history.events) as ReferralState;

function ask(
  history: ReferralHistory,
  command: ReferralCommand,
  facts: Partial<Facts> = {},
): WhenResult<AnyReferralEvent> {
  return given(history.events).when(command, factsAt(history.now, defaultPolicy(), facts));
}

/** A second need, offered to Lakeside and taken on there. */
const alsoAccepted = (history: ReferralHistory): ReferralHistory =>
  history
    .needing('mental-health')
    .drafted({ organization: cast.lakeside, service: cast.lakesideClinic }, { taskId: cast.task(7) })
    .sent()
    .accepted({ organization: cast.lakeside });

const deceased = { reason: 'deceased' as const };
const onTask = (
  action: 'withdraw' | 'decline' | 'not-complete',
  caller: ReferralCommand['caller'],
): ReferralCommand => ({
  ...{ type: 'task', taskId: cast.task(1), action, data: deceased, caller },
});

describe('a client who died', () => {
  const words: readonly (readonly [string, ReferralHistory, ReferralCommand])[] = [
    ['the sender withdraws one Task', histories.received, onTask('withdraw', callers.dana)],
    ['the coordinator withdraws one Task', histories.accepted, onTask('withdraw', callers.cora)],
    ['the agency does not complete', histories['in-progress'], onTask('not-complete', callers.ines)],
    ['the agency declines', histories.received, onTask('decline', callers.ines)],
    ['the sender withdraws all', histories.sent, { type: 'withdraw-referral', ...deceased, caller: callers.dana }],
    [
      ...(['the sender settles', histories.declined] as const),
      { type: 'settle-need', serviceRequestId: cast.housing, ...deceased, caller: callers.dana },
    ],
  ];

  it.each(words)('ends every open Task and need in one command: %s [W5]', (_name, from, command) => {
    const history = alsoAccepted(from);
    const { decision } = ask(history, command);
    if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.refusal));
    const after = lookAhead(stateOf(history), decision.events, command.caller, history.now);
    expect(after.tasks.filter(isOpen)).toEqual([]);
    expect(after.tasks.flatMap((task) => task.timers)).toEqual([]);
    expect(after.needs.map((need) => need.result)).toEqual(['unmet', 'unmet']);
    expect(after.closed?.code).toBe('closed-without-service');
    expect(decision.events.filter((event) => event.type === 'referral.client.died')).toHaveLength(1);
  });

  it('ends what another agency has by the platform, and the agency’s own Task by its word [W5]', () => {
    const history = alsoAccepted(histories['in-progress']);
    const { decision } = ask(history, onTask('not-complete', callers.ines));
    expect(decision).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({ type: 'referral.task.not-completed', taskId: cast.task(1), reroute: false }),
        expect.objectContaining({ type: 'referral.task.withdrawn', taskId: cast.task(7), by: 'system' }),
      ]),
    });
  });

  it.each(historyNames)('ends another referral of theirs by the platform, wherever it stands: %s [W5]', (name) => {
    const history = histories[name];
    const command: ReferralCommand = { type: 'end-for-death', caller: callers.system };
    const { decision } = ask(history, command, { clientDied: true });
    if (decision.kind === 'refused') throw new Error('refused');
    const after = lookAhead(stateOf(history), decision.events, callers.system, history.now);
    expect(after.tasks.filter(isOpen)).toEqual([]);
    expect(after.needs.filter((need) => need.result === 'in-play')).toEqual([]);
    ask(history, command, { clientDied: false }).thenRefused({ code: 'guard', guard: 'clientDied' });
  });

  it('ends access for a cause of its own [W10]', () => {
    const { decision } = ask(alsoAccepted(histories.received), onTask('withdraw', callers.dana));
    if (decision.kind === 'refused') throw new Error('refused');
    const ended = decision.events.flatMap((event) => (event.type === 'referral.access.ended' ? [event.cause] : []));
    expect(new Set(ended)).toEqual(new Set(['deceased']));
  });

  it('whose Tasks are over already may be said to have died, once [W5]', () => {
    const command = { type: 'withdraw-referral', ...deceased, caller: callers.dana } as const;
    ask(histories.completed, command).thenTypes(['referral.client.died']);
    ask(histories.completed, command, { clientDied: true }).thenRefused({ code: 'illegal-move' });
  });

  const refusal = { code: 'guard' as const, guard: 'clientIsAlive', facts: { clientId: cast.client } };
  const consent = consenting();
  const work = { service: services.harborBeds, consent, clientDied: true };
  const progress = { kind: 'interim' as const, at: histories.accepted.now };

  it.each([
    ['send', 'draft', callers.dana, {}],
    ['send', 'awaiting-consent', callers.dana, {}],
    ['accept', 'received', callers.ines, { ownerId: cast.ines }],
    ['progress', 'accepted', callers.ines, progress],
    ['redirect', 'received', callers.ines, { reason: 'no-capacity', healthcareServiceId: cast.openDoorHomes }],
    ['reopen', 'declined', callers.dana, { reason: 'service-discontinued' }],
    ['reopen', 'declined', callers.cora, { reason: 'service-discontinued' }],
  ] as const)('is sent nowhere and called by nobody: %s of what is %s [W5]', (action, name, caller, data) => {
    const { taskId, now } = histories[name];
    ask(histories[name], { type: 'task', taskId, action, data, caller }, work).thenRefused(refusal);
    const known = { now, policy: defaultPolicy(), clientDied: true };
    const offered = legalMoves(stateOf(histories[name]), taskId, caller, known);
    expect(offered.map((move) => move.action)).not.toContain(action);
  });

  it('gets no new referral, need, offer or proposal [W5]', () => {
    const need = { serviceRequestId: idOf('9', 9), need: 'food' as const, areaId: cast.north };
    const task = { taskId: idOf('e', 9), serviceRequestId: cast.housing };
    const asked: readonly ReferralCommand[] = [
      { type: 'add-need', ...need, caller: callers.dana },
      { type: 'offer-need', ...task, pool: false, caller: callers.dana },
      { type: 'offer-need', ...task, pool: true, caller: callers.cora },
      {
        ...{ type: 'propose-reroute', serviceRequestId: cast.housing, afterTaskId: cast.task(1) },
        caller: callers.system,
      },
    ];
    for (const command of asked) ask(histories.declined, command, work).thenRefused(refusal);
    const created: ReferralCommand = {
      ...{ type: 'create-referral', referralId: idOf('8', 9), clientId: cast.client, priority: 'routine' },
      ...{ senderOrganizationId: cast.hospital, networkId: cast.network, needs: [], caller: callers.dana },
    };
    const decision = decide(null, created, factsAt(histories.draft.now, defaultPolicy(), { clientDied: true }));
    expect(decision).toMatchObject({ kind: 'refused', refusal });
  });

  it.each(['sent', 'received', 'accepted', 'in-progress', 'on-hold'] as const)(
    'is read about by no agency whose Task the platform has yet to end: %s [W5]',
    (name) => {
      const { taskId } = histories[name];
      const opening: ReferralCommand = {
        ...{ type: 'open-packet', taskId, direction: 'send', disclosureId: idOf('f', 1), caller: callers.ines },
        ...{ readerOrganizationId: cast.harbor, purpose: 'care-coordination', categories: ['core-contact'] },
        ...{ consentIds: [cast.consent], noticeCodes: [] },
      };
      ask(histories[name], opening).thenTypes(['referral.packet.opened']);
      ask(histories[name], opening, { clientDied: true }).thenRefused(refusal);
    },
  );

  it('ends a referral in which nothing was offered yet [W5]', () => {
    const command: ReferralCommand = { type: 'end-for-death', caller: callers.system };
    const nothingOffered = ReferralHistory.created().needing('housing').needing('mental-health');
    const types = [
      'referral.client.died',
      'referral.need.settled',
      'referral.need.settled',
      'referral.closed',
    ] as const;
    ask(nothingOffered, command, { clientDied: true }).thenTypes([...types]);
  });

  it.each(historyNames)('is looked after by no timer any more: %s [W5]', (name: HistoryName) => {
    const { taskId } = histories[name];
    for (const { timer } of stateOf(histories[name]).tasks.flatMap((task) => task.timers)) {
      const command: ReferralCommand = {
        type: 'fire-timer',
        taskId,
        timer,
        milestone: 'coordinator',
        caller: callers.timer,
      };
      expect(ask(histories[name].wait({ days: 90 }), command, { clientDied: true }).decision.kind).toBe('refused');
    }
  });
});

describe('a mistaken death', () => {
  const undo = (caller: ReferralCommand['caller']): ReferralCommand => ({
    ...{ type: 'undo-death', reason: 'wrong-person', caller },
  });
  const { referral: referralId, client: clientId } = cast;

  it('is the sender’s to take back, with a reason [W5]', () => {
    ask(histories.withdrawn, undo(callers.dana), { clientDied: true }).then([
      ClientDeathUndone.of({ referralId, clientId, reason: 'wrong-person' }),
    ]);
    for (const caller of [callers.ines, callers.cora, callers.iris]) {
      ask(histories.withdrawn, undo(caller), { clientDied: true }).thenRefused({ code: 'role' });
    }
    ask(histories.withdrawn, undo(callers.dana)).thenRefused({ code: 'guard', guard: 'clientDied' });
  });
});

describe('the reasons', () => {
  it('by which somebody may tell of a death are those of the actions that end something [W5]', () => {
    const reporting: readonly ReasonedAction[] = ['decline', 'not-complete', 'withdraw', 'settle'];
    for (const action of [
      'decline',
      'redirect',
      'not-complete',
      'withdraw',
      'settle',
      'reopen',
      'mark-error',
    ] as const) {
      expect([action, reasonsFor(action).includes('deceased')]).toEqual([action, reporting.includes(action)]);
    }
  });
});
