import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { taskActions, type OfferPolicy, type TaskAction } from '#contracts';
import {
  callers,
  cast,
  consenting,
  factsAt,
  fold,
  services,
  historyNames,
  histories,
  type HistoryName,
} from '#decider/testing';
import { evolve, legalMoves, type Facts, type ReferralState } from '../referral.ts';
import { lookAhead } from '../evolve/unfold.ts';
import { moveTask, taskContextOf } from '../task/task.ts';
import { dataFor } from '../testing/data-for.ts';
import { completed } from '../testing/decide.ts';
import type { SystemAction } from '../task/table/task.transitions.ts';
import { plus, day } from '../model/instant.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

/**
 * A second copy of the table "Transitions" of domain.md §2, typed in by reading it afresh, row by row, and compared with
 * what the machine does for every place, action and caller. It shares no word with the machine but the codes.
 */
type Who =
  'sender' | 'coordinator' | 'agency' | 'pool agency' | 'client' | 'creator' | 'privacy officer' | 'system' | 'time';
type Move = TaskAction | SystemAction;

interface Line {
  readonly row: number;
  readonly move: Move;
  readonly who: readonly Who[];
  readonly in: readonly HistoryName[];
  /** Where it leads; `same` leaves the state, `before` goes back to what the Task remembers. */
  readonly to: string;
  readonly only?: (policy: { readonly offer: OfferPolicy; readonly review: boolean }) => boolean;
}

const toAgency: readonly HistoryName[] = ['sent', 'sent, opened', 'received', 'info-requested'];
const atWork: readonly HistoryName[] = ['accepted', 'accepted, picked', 'in-progress', 'on-hold', 'pool, claimed'];
const askedBack: readonly HistoryName[] = [
  'accepted, withdrawal asked',
  'in-progress, withdrawal asked',
  'on-hold, withdrawal asked',
];
const inReview: readonly HistoryName[] = [
  'decline-review',
  'decline-review after acceptance',
  'decline-review, two rounds returned',
];
const over: readonly HistoryName[] = ['declined', 'redirected', 'withdrawn', 'expired', 'completed', 'not-completed'];
const nobodyOpened: readonly HistoryName[] = ['draft', 'awaiting-consent', 'sent', 'pool', 'pool, claimed', 'expired'];
const reviewed = ({ review }: { readonly review: boolean }): boolean => review;
const unreviewed = ({ review }: { readonly review: boolean }): boolean => !review;

const table: readonly Line[] = [
  // 1 needs consent to be missing; here it is there, so only 2 is seen.
  { row: 2, move: 'send', who: ['sender', 'coordinator'], in: ['draft', 'awaiting-consent'], to: 'sent' },
  { row: 2, move: 'send', who: ['system'], in: ['awaiting-consent'], to: 'sent' },
  { row: 3, move: 'acknowledge', who: ['agency'], in: ['sent', 'sent, opened'], to: 'received' },
  { row: 4, move: 'ask', who: ['agency'], in: ['sent', 'sent, opened', 'received'], to: 'info-requested' },
  { row: 5, move: 'reply', who: ['sender', 'coordinator'], in: ['info-requested'], to: 'received' },
  { row: 6, move: 'accept', who: ['agency'], in: toAgency, to: 'accepted' },
  {
    ...{ row: 6, move: 'pick', who: ['sender', 'coordinator'], to: 'same' },
    ...{ in: ['accepted', 'pool, claimed'], only: ({ offer }) => offer === 'confirm-one' },
  },
  { row: 7, move: 'decline', who: ['agency'], in: toAgency, to: 'declined', only: unreviewed },
  { row: 7, move: 'decline', who: ['agency'], in: toAgency, to: 'decline-review', only: reviewed },
  { row: 8, move: 'approve-decline', who: ['coordinator'], in: inReview, to: 'declined' },
  {
    ...{ row: 9, move: 'return-decline', who: ['coordinator'], to: 'before' },
    in: ['decline-review', 'decline-review after acceptance'],
  },
  { row: 9, move: 'take-back-decline', who: ['agency'], in: inReview, to: 'before' },
  { row: 10, move: 'redirect', who: ['agency'], in: [...toAgency, ...atWork], to: 'redirected' },
  {
    row: 11,
    move: 'progress',
    who: ['agency'],
    in: ['accepted', 'accepted, picked', 'pool, claimed'],
    to: 'in-progress',
  },
  {
    ...{ row: 12, move: 'hold', who: ['agency'], to: 'on-hold' },
    in: ['accepted', 'accepted, picked', 'in-progress', 'pool, claimed'],
  },
  { row: 13, move: 'progress', who: ['agency'], in: ['in-progress'], to: 'in-progress' },
  { row: 14, move: 'not-complete', who: ['agency'], in: [...atWork, ...askedBack], to: 'not-completed' },
  { row: 15, move: 'complete', who: ['agency'], in: [...atWork, ...askedBack], to: 'completed' },
  {
    ...{ row: 16, move: 'decline', who: ['agency'], to: 'declined', only: unreviewed },
    in: atWork,
  },
  {
    ...{ row: 16, move: 'decline', who: ['agency'], to: 'decline-review', only: reviewed },
    in: atWork,
  },
  // Nobody reviews what cannot be read, nor the first answer to a request to withdraw.
  { row: 7, move: 'decline', who: ['agency'], in: ['suspended'], to: 'declined' },
  { row: 16, move: 'decline', who: ['agency'], in: ['suspended after acceptance'], to: 'declined' },
  { row: 16, move: 'decline', who: ['agency'], in: [...askedBack, 'suspended, withdrawal asked'], to: 'declined' },
  {
    ...{ row: 17, move: 'withdraw', who: ['sender', 'coordinator', 'client'], to: 'withdrawn' },
    in: ['draft', 'awaiting-consent', ...toAgency, ...inReview, 'pool', 'suspended', 'suspended, withdrawal asked'],
  },
  {
    ...{ row: 17, move: 'withdraw', who: ['sender', 'coordinator', 'client'], to: 'same' },
    in: [...atWork, 'suspended after acceptance'],
  },
  { row: 17, move: 'withdraw', who: ['system'], in: ['sent', 'pool'], to: 'withdrawn' },
  {
    ...{ row: 17, move: 'withdraw', who: ['time'], to: 'withdrawn' },
    in: ['suspended', 'suspended, withdrawal asked', 'suspended after acceptance'],
  },
  {
    row: 18,
    move: 'suspend',
    who: ['system'],
    in: ['sent, opened', 'received', 'info-requested', ...inReview],
    to: 'on-hold',
  },
  { row: 18, move: 'restore', who: ['system'], in: ['suspended', 'suspended after acceptance'], to: 'before' },
  // In info-requested the answer is not due while the question stands.
  { row: 19, move: 'expire', who: ['time'], in: ['sent', 'sent, opened', 'received', 'pool'], to: 'expired' },
  { row: 20, move: 'reopen', who: ['sender', 'coordinator'], in: over, to: 'same' },
  { row: 21, move: 'mark-error', who: ['creator'], in: nobodyOpened, to: 'entered-in-error' },
  {
    ...{ row: 21, move: 'mark-error', who: ['privacy officer'], to: 'entered-in-error' },
    in: historyNames.filter((name) => name !== 'entered-in-error'),
  },
  { row: 22, move: 'accept', who: ['pool agency'], in: ['pool'], to: 'accepted' },
  { row: 23, move: 'resume', who: ['agency'], in: ['on-hold'], to: 'in-progress' },
  {
    ...{ row: 24, move: 'confirm-withdrawal', who: ['agency', 'time'], to: 'withdrawn' },
    in: [...askedBack, 'suspended, withdrawal asked'],
  },
  { row: 25, move: 'assign', who: ['agency'], in: atWork, to: 'same' },
];

const before: Partial<Record<HistoryName, string>> = {
  'decline-review': 'received',
  'decline-review after acceptance': 'accepted',
  'decline-review, two rounds returned': 'received',
  suspended: 'received',
  'suspended after acceptance': 'decline-review',
};

type CallerName = keyof typeof callers;
const callerNames = Object.keys(callers) as CallerName[];

function relationsIn(name: CallerName, place: HistoryName): readonly Who[] {
  const isPool = place === 'pool';
  const isDraft = place === 'draft' || place === 'awaiting-consent' || place === 'entered-in-error';
  const relations: Record<CallerName, readonly Who[]> = {
    dana: ['sender', 'creator'],
    hugo: ['sender', 'creator'],
    olga: ['privacy officer'],
    ehr: [],
    ines: isPool ? ['pool agency'] : isDraft ? [] : ['agency'],
    abel: isPool ? ['pool agency'] : isDraft ? [] : ['agency'],
    ivan: isPool ? ['pool agency'] : [],
    iris: [],
    cora: ['coordinator'],
    otto: ['privacy officer'],
    system: ['system'],
    timer: ['time'],
    client: ['client'],
  };
  return relations[name];
}

function expectedOf(place: HistoryName, move: Move, who: readonly Who[], policy: PolicyCase): string | null {
  const line = table.find(
    (each) =>
      each.move === move &&
      each.in.includes(place) &&
      each.who.some((relation) => who.includes(relation)) &&
      (each.only?.(policy) ?? true),
  );
  return line?.to ?? null;
}

interface PolicyCase {
  readonly offer: OfferPolicy;
  readonly review: boolean;
}

const policies: readonly PolicyCase[] = [
  { offer: 'single', review: false },
  { offer: 'first-accept', review: true },
  { offer: 'confirm-one', review: false },
];

const moves: readonly Move[] = [...taskActions, 'suspend', 'restore', 'expire'];

/** Facts with which every guard over facts holds, so that only the table decides. */
function factsFor(move: Move, caller: CallerName, policyCase: PolicyCase, now: string): Facts {
  const { personId, organizationId } = callers[caller];
  const consent = consenting();
  const entry = { ...services.harborBeds, consent };
  const other = { ...services.openDoorHomes, consent };
  const policy = defaultPolicy({ offer: policyCase.offer, declineReview: policyCase.review });
  const looked = factsAt(caller === 'timer' ? plus(now, 60 * day) : now, policy, {
    service: move === 'redirect' ? services.openDoorHomes : services.harborBeds,
    consent,
    eligible: [entry, other],
    owner: { personId: personId ?? cast.ines, organizationId: organizationId ?? cast.harbor, active: true },
  });
  return completed(looked);
}

const folded = Object.fromEntries(
  historyNames.map((name) => [name, fold({ evolve }, histories[name].events)]),
) as Record<HistoryName, ReferralState>;

describe('every place, every action, every caller', () => {
  it.each(policies)('does what domain.md says, under offer $offer, decline review $review', (policyCase) => {
    const differences = historyNames.flatMap((place) =>
      moves.flatMap((move) => callerNames.flatMap((caller) => compare(place, move, caller, policyCase) ?? [])),
    );
    expect(differences).toEqual([]);
  });
});

function compare(place: HistoryName, move: Move, caller: CallerName, policyCase: PolicyCase): string | null {
  const state = folded[place];
  const { taskId, now } = histories[place];
  const facts = factsFor(move, caller, policyCase, now);
  const known = { now: facts.now, policy: facts.policy, sending: facts };
  const asked = taskContextOf(state, taskId, callers[caller], known);
  if (asked === undefined) throw new Error(`${place} has no Task`);
  const decision = moveTask(asked, move, dataFor(move, callers[caller]), facts);
  const expected = expectedOf(place, move, relationsIn(caller, place), policyCase);
  const listed = legalMoves(state, taskId, callers[caller], known);
  const name = `${place} / ${move} / ${caller}`;
  if (decision.kind === 'refused') {
    if (expected !== null) return `${name}: ${decision.refusal.code}, should lead to ${expected}`;
    if (listed.some((each) => each.action === move)) return `${name}: refused although it is listed`;
    return JSON.stringify(decision.refusal.legalMoves) === JSON.stringify(listed) ? null : `${name}: moves differ`;
  }
  const after = lookAhead(state, decision.events, callers[caller], facts.now);
  const reached = after.tasks.find((task) => task.taskId === taskId)?.state;
  const old = asked.task.state;
  const wanted = expected === 'same' ? old : expected === 'before' ? before[place] : expected;
  if (expected === null) return `${name}: leads to ${reached}, should be refused`;
  if (reached !== wanted) return `${name}: leads to ${reached}, should lead to ${wanted}`;
  const isPersons = (taskActions as readonly string[]).includes(move) && callers[caller].kind === 'person';
  return isPersons && !listed.some((each) => each.action === move) ? `${name}: works and is not listed` : null;
}

describe('whatever the facts', () => {
  it('nothing becomes legal that domain.md has no row for, and the refusal says what is', () => {
    const from = [historyNames, moves, callerNames, policies].map((list) => fc.constantFrom(...list));
    const triple = fc.tuple(...from) as fc.Arbitrary<[HistoryName, Move, CallerName, PolicyCase]>;
    const facts = fc.record({ covered: fc.boolean(), days: fc.nat(90) });
    fc.assert(
      fc.property(triple, facts, ([place, move, caller, policyCase], { covered, days }) => {
        fc.pre(expectedOf(place, move, relationsIn(caller, place), policyCase) === null);
        const { taskId, now } = histories[place];
        const known = factsFor(move, caller, policyCase, plus(now, days * day));
        const asked = taskContextOf(folded[place], taskId, callers[caller], known);
        if (asked === undefined) throw new Error(`${place} has no Task`);
        const consent = covered ? known.consent : null;
        const legal = legalMoves(folded[place], taskId, callers[caller], known);
        expect(moveTask(asked, move, dataFor(move, callers[caller]), { ...known, consent })).toMatchObject({
          ...{ kind: 'refused', refusal: { legalMoves: legal } },
        });
      }),
      { numRuns: 500 },
    );
  });
});
