import { expect, it } from '@jest/globals';
import { cast } from '#decider/testing';
import { drafting } from '../offer/offer.ts';
import type { TaskChange } from './task-in-state.ts';

const at = '2026-03-02T09:00:00.000Z';
const ofPool = { healthcareServiceId: null, recipientOrganizationId: null } as const;

/** tsc checks these: a directive that expects an error where there is none is an error itself. */
it('a change that leads to a state has what the state entails, or it does not compile', () => {
  const accepted = { ownerId: cast.ines, recipientOrganizationId: cast.harbor, receivedAt: at, acceptedAt: at };
  const into: TaskChange = { state: 'accepted', ...accepted };
  // @ts-expect-error an accepted Task has an owner
  const ownerless: TaskChange = { state: 'accepted', ...accepted, ownerId: null };
  // @ts-expect-error an accepted Task has its agency
  const nowhere: TaskChange = { state: 'accepted', ownerId: cast.ines, receivedAt: at, acceptedAt: at };
  // @ts-expect-error a decline in review has its reason and the state before it
  const groundless: TaskChange = { state: 'decline-review', receivedAt: at };
  // @ts-expect-error an ended Task has its end
  const endless: TaskChange = { state: 'completed', outcome: 'housed' };
  const within: TaskChange = { picked: true };
  expect([into, ownerless, nowhere, groundless, endless, within]).toHaveLength(6);
});

it('a Task is drafted for a service and its organization or for a pool, or it does not compile', () => {
  const need = { serviceRequestId: cast.housing, need: 'housing' } as const;
  const draft = { taskId: cast.task(1), ...ofPool };
  expect(drafting({ referralId: cast.referral }, need, draft)).toMatchObject({ assignment: 'pool' });
  // @ts-expect-error a pool's Task has no recipient before one claims it
  drafting({ referralId: cast.referral }, need, { ...draft, recipientOrganizationId: cast.harbor });
});
