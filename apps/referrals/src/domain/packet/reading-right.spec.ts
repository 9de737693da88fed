import { describe, expect, it } from '@jest/globals';
import { cast, fold, histories } from '#decider/testing';
import type { Category, Need, NoticeCode } from '#contracts';
import { evolve } from '../referral.ts';
import type { Permission } from '../consent/permission.ts';
import { permission } from '../testing/permission.ts';
import { readingRight } from './reading-right.ts';

const { events, taskId } = histories.accepted;
const state = fold({ evolve }, events);
const task = state?.tasks.find((each) => each.taskId === taskId);
if (state === null || task === undefined) throw new Error('no Task');

/** What accompanies a packet of these categories, opened by the agency or by the sender. */
function noticesOf(direction: 'send' | 'return', categories: readonly Category[], need: Need): readonly NoticeCode[] {
  const ends = { validFrom: '2020-01-01T00:00:00.000Z', validUntil: null };
  const given: Permission = {
    ...{ ...permission, ...ends, direction, categories, recipientOrganizationId: cast.harbor, returnPath: 'outcome' },
  };
  const organizationId = direction === 'send' ? cast.harbor : cast.hospital;
  const template = { required: categories, asked: [] };
  const { purpose } = permission;
  const question = { organizationId, purpose, permissions: [given], template, now: histories.accepted.now };
  const right = readingRight(
    state as NonNullable<typeof state>,
    { ...task, need } as NonNullable<typeof task>,
    question,
  );
  if (right === undefined) throw new Error('nothing may be read');
  return right.noticeCodes;
}

describe('the notices of a packet', () => {
  it('are that of 42 CFR part 2 with substance-use data, and with every referral for its treatment', () => {
    expect(noticesOf('send', ['core-contact'], 'housing')).toEqual([]);
    expect(noticesOf('send', ['core-contact', 'substance-use'], 'housing')).toEqual(['part-2-2.32']);
    expect(noticesOf('send', ['core-contact'], 'substance-use-treatment')).toEqual(['part-2-2.32']);
  });

  it('are these as well where the agency reports back, beside that of the return path', () => {
    expect(noticesOf('return', ['core-contact'], 'housing')).toEqual(['return-path']);
    expect(noticesOf('return', ['substance-use'], 'housing')).toEqual(['return-path', 'part-2-2.32']);
    expect(noticesOf('return', ['core-contact'], 'substance-use-treatment')).toEqual(['return-path', 'part-2-2.32']);
  });
});
