import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventEnvelope } from '#contracts';
import { TaskReceived } from '#contracts';
import { positionOf } from '#events';
import { anyCut, anyStream } from '../testing/any-stream.ts';
import { startCoordination, type RunningCoordination } from '../testing/running.ts';
import type { ReferralEvents } from '../testing/referral-events.ts';
import { by, counseling, day, housing, idNumber, org, twoNeeds } from '../testing/referral-events.ts';

let coordination: RunningCoordination;
beforeAll(async () => {
  coordination = await startCoordination();
});
afterAll(() => coordination.close());
beforeEach(() => coordination.forget());

const now = (): string => coordination.clock.now();
const acknowledged = (log: ReferralEvents): ReferralEvents =>
  log.add(TaskReceived, { ...housing, respondBy: log.in(5 * day) }, by('ines.harbor'));

/** The rows that these events give if each is handled alone, in order. */
async function plainRows(envelopes: readonly EventEnvelope[]): Promise<Readonly<Record<string, readonly object[]>>> {
  await coordination.forget();
  for (const envelope of envelopes) await coordination.handle([envelope]);
  const rows = await coordination.rows();
  await coordination.forget();
  return rows;
}

describe('A projection', () => {
  it('gives the same rows when everything is read again from the beginning', async () => {
    const log = acknowledged(twoNeeds(now()));
    await coordination.publish(log.envelopes);
    const rows = await coordination.rows();
    expect(rows.inbox_row).toHaveLength(2);
    expect(rows.timeline_item).toHaveLength(7);
    await coordination.forget();
    await coordination.publish(log.envelopes);
    expect(await coordination.rows()).toEqual(rows);
  });

  it('does not change when an event comes twice, over the transport or directly', async () => {
    const log = acknowledged(twoNeeds(now()));
    await coordination.publish(log.envelopes);
    const rows = await coordination.rows();
    await coordination.publish(log.envelopes);
    await coordination.handle(log.envelopes);
    await coordination.handle(log.envelopes.slice(2, 4));
    expect(await coordination.rows()).toEqual(rows);
  });

  it('gives the same rows when a later event arrives before an earlier one', async () => {
    const { envelopes } = acknowledged(twoNeeds(now()));
    const rows = await plainRows(envelopes);
    for (const order of [envelopes.toReversed(), [...envelopes.slice(3), ...envelopes.slice(0, 3)]]) {
      await coordination.forget();
      for (const envelope of order) await coordination.handle([envelope]);
      expect(await coordination.rows()).toEqual(rows);
    }
  });

  it('gives the same rows for any split into batches and any repetition', async () => {
    const streams = fc.tuple(anyStream(idNumber(1, 1), 25), anyStream(idNumber(1, 2), 25)).chain(([one, other]) => {
      // Two streams in one topic never share a Task.
      const all = [...one, ...other.map(elsewhere)];
      return fc.tuple(fc.constant(all), anyCut(all));
    });
    await fc.assert(
      fc.asyncProperty(streams, async ([envelopes, batches]) => {
        const rows = await plainRows(envelopes);
        for (const batch of batches) await coordination.handle(batch);
        expect(await coordination.rows()).toEqual(rows);
      }),
      { numRuns: 12 },
    );
  });

  it('ignores an event of an unknown type, and continues with the next', async () => {
    const log = twoNeeds(now());
    const strange = { ...log.envelopes[5], type: 'referral.task.sung', id: idNumber(9, 1) } as EventEnvelope;
    await coordination.publish([...log.envelopes, { ...strange, streamVersion: 7 }]);
    const later = acknowledged(log)
      .envelopes.slice(-1)
      .map((each) => ({ ...each, streamVersion: 8 }));
    await coordination.publish(later);
    const { body } = await coordination.ask<{ items: object[] }>('ines.harbor', 'inbox');
    expect(body.items).toMatchObject([{ state: 'received', version: 8 }]);
  });

  it('loses nothing when two consumers read one referral at once', async () => {
    const log = acknowledged(twoNeeds(now()));
    const rows = await plainRows(log.envelopes);
    const halves = [log.envelopes.slice(0, 4), log.envelopes.slice(4)];
    await Promise.all(halves.map((half) => coordination.handle(half)));
    expect(await coordination.rows()).toEqual(rows);
  });

  it('contains no client name, and no id except those that were published', async () => {
    const log = acknowledged(twoNeeds(now()));
    await coordination.handle(log.envelopes);
    const published = JSON.stringify(log.envelopes);
    const ids = JSON.stringify(await coordination.rows()).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
    expect(ids.filter((id) => !published.includes(id))).toEqual([]);
    expect(ids).toContain(counseling.taskId);
  });
});

describe('A read right after a command', () => {
  it('contains the effect of the command', async () => {
    const log = twoNeeds(now());
    await coordination.publish(log.envelopes);
    const after = positionOf('referrals', log.referralId, 6);
    for (const path of ['inbox', `referrals/${log.referralId}/timeline`]) {
      const answer = await coordination.ask('ines.harbor', `${path}?after=${after}`);
      expect({ status: answer.status, reached: answer.headers['position-reached'] }).toEqual({ status: 200 });
    }
  });

  it('answers anyway if the events did not arrive within five seconds, and says so', async () => {
    const log = twoNeeds(now());
    await coordination.publish(log.envelopes);
    const answer = await coordination.ask(
      'cora.coordinator',
      `board?after=${positionOf('referrals', log.referralId, 7)}`,
    );
    expect(answer.headers['position-reached']).toBe('false');
    expect(answer.body).toMatchObject({ items: [{ recipientOrganizationId: org('harbor-house') }, {}] });
  }, 20_000);
});

/** The same event about needs and Tasks of another referral. */
function elsewhere(envelope: EventEnvelope): EventEnvelope {
  const moved = JSON.parse(JSON.stringify(envelope.event).replaceAll(/0190b000-000[23]-/g, '0190c000-0003-')) as object;
  return { ...envelope, event: Object.assign(Object.create(Object.getPrototypeOf(envelope.event) as object), moved) };
}
