import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AttachmentAdded, AttachmentRemoved, NeedSettled, ReferralClosed, type AttachmentEvent } from '#contracts';
import {
  actors,
  callers,
  cast,
  factsAt,
  idOf,
  ReferralHistory,
  specification,
  type AskingPerson,
  type WhenResult,
} from '#decider/testing';
import { evolve, type AnyReferralEvent } from '../referral.ts';
import { decide } from '../testing/decide.ts';
import { defaultPolicy } from '../timer/timer-policy.ts';

const given = specification({ decide, evolve });
const { referral: referralId } = cast;
const attachmentId = idOf('e', 1);
const of = (number = 1): Pick<AttachmentAdded, 'attachmentId' | 'kind' | 'contentType' | 'size'> => ({
  ...{ attachmentId: idOf('e', number), kind: 'discharge-summary', contentType: 'application/pdf', size: 1000 },
});
const added = (number = 1): AttachmentAdded => AttachmentAdded.of({ referralId, ...of(number) });
const removed = (number = 1): AttachmentRemoved =>
  AttachmentRemoved.of({ referralId, attachmentId: idOf('e', number), reason: 'replaced' });
const settled = NeedSettled.of({
  ...{ referralId, serviceRequestId: cast.housing, result: 'unmet', reason: 'client-no-longer-in-need' },
});
const closed = ReferralClosed.of({
  ...{ referralId, closeCode: 'closed-without-service', metCount: 0, partlyMetCount: 0, unmetCount: 1 },
});

const began = (): ReferralHistory => ReferralHistory.created().needing('housing');
const after = (...events: readonly (AttachmentEvent | NeedSettled | ReferralClosed)[]): ReferralHistory =>
  events.reduce((history, event) => history.tell(actors.dana, event), began());

function add(history: ReferralHistory, caller: AskingPerson, number = 1): WhenResult<AnyReferralEvent> {
  const command = { type: 'add-attachment', caller, ...of(number) } as const;
  return given(history.events).when(command, factsAt(history.now, defaultPolicy({}), {}));
}
function remove(history: ReferralHistory, caller: AskingPerson): WhenResult<AnyReferralEvent> {
  const command = { type: 'remove-attachment', caller, attachmentId, reason: 'replaced' } as const;
  return given(history.events).when(command, factsAt(history.now, defaultPolicy({}), {}));
}

describe('adding an attachment', () => {
  it('is a fact without title and categories', () => {
    add(began(), callers.dana).then([added()]);
    expect(given(after(added()).events).state?.attachments).toEqual([
      {
        ...{ attachmentId, referralId, kind: 'discharge-summary', version: began().events.length + 1 },
        ...{ addedAt: expect.any(String), removedAt: null, removalReason: null },
      },
    ]);
  });

  it('is the sender’s alone', () => {
    for (const caller of [callers.ines, callers.cora, callers.olga]) {
      add(began(), caller).thenRefused({ code: 'role' });
      remove(after(added()), caller).thenRefused({ code: 'role' });
    }
  });

  it('is refused for a closed referral', () => {
    add(after(settled, closed), callers.dana).thenRefused({
      code: 'guard',
      guard: 'referralIsOpen',
      facts: { closeCode: 'closed-without-service' },
    });
  });

  it('stops at twenty that are live, and goes on when one is removed', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => added(index + 1));
    add(after(...twenty.slice(1)), callers.dana).then([added()]);
    add(after(...twenty), callers.dana, 21).thenRefused({
      code: 'guard',
      guard: 'referralHasRoom',
      facts: { live: 20, most: 20 },
    });
    add(after(...twenty, removed(7)), callers.dana, 21).then([added(21)]);
  });
});

describe('removing an attachment', () => {
  it('is a fact, also where the referral is closed', () => {
    remove(after(added()), callers.dana).then([removed()]);
    remove(after(added(), settled, closed), callers.dana).then([removed()]);
  });

  it('is quiet the second time, and there is nothing to remove where there is none', () => {
    remove(after(added(), removed()), callers.dana).thenNothing();
    remove(began(), callers.dana).thenRefused({ code: 'not-found' });
  });

  it('twice, in whatever order facts come, keeps its first time and reason', () => {
    const facts = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(facts, (steps) => {
        const distinct = steps.filter(
          ([adds, number], index) => !adds || steps.findIndex(([a, n]) => a && n === number) === index,
        );
        const history = after(...distinct.map(([adds, number]) => (adds ? added(number) : removed(number))));
        const state = given(history.events).state;
        for (const each of state?.attachments ?? []) {
          const first = distinct.findIndex(([adds, number]) => adds && idOf('e', number) === each.attachmentId);
          const gone = distinct.findIndex(
            ([adds, number], index) => !adds && index > first && idOf('e', number) === each.attachmentId,
          );
          expect(each.removedAt !== null).toBe(gone !== -1);
          expect(each.version).toBe(began().events.length + 1 + (gone === -1 ? first : gone));
        }
      }),
    );
  });
});
