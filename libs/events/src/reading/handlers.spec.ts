import { describe, expect, it } from '@jest/globals';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { of } from 'rxjs';
import type { Type } from '@nestjs/common';
import type { MessageHandler } from '@nestjs/microservices';
import { Noted, Shelved } from '../transports/testing/test-events.ts';
import { batchReader, singleReader } from '../transports/testing/test-readers.ts';
import { Reads } from './decorators.ts';
import { DeliveryAttempt } from './delivery.ts';
import { callHandler, groupsOf } from './handlers.ts';
import { reads } from './pattern.ts';

/** What Nest reads from a controller: its patterns as text, each with the decorator's extras. */
function handlersOf(controller: Type, next?: MessageHandler): [string, MessageHandler][] {
  const { prototype } = controller as { prototype: Record<string, object> };
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method = prototype[name] ?? {};
    const patterns = (Reflect.getMetadata(PATTERN_METADATA, method) ?? []) as object[];
    const extras = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, method) as Record<string, unknown>;
    const nest = Object.assign(() => Promise.resolve(of(undefined)), { extras, next }) as unknown as MessageHandler;
    return patterns.map((pattern): [string, MessageHandler] => [JSON.stringify(pattern), nest]);
  });
}

describe('What a service reads', () => {
  it('is sorted by group, with the topics that carry its types', () => {
    const found = groupsOf(
      new Map([...handlersOf(singleReader('reader.one')), ...handlersOf(batchReader('reader.two'))]),
    );
    expect(found.map(({ group, topics, byType }) => [group, topics, [...byType.keys()]])).toEqual([
      ['reader.one', ['referrals.events'], ['referral.noted', 'referral.tide']],
      ['reader.two', ['referrals.events'], ['referral.noted', 'referral.shelved']],
    ]);
  });

  it('is refused if two methods read the same event, or a group reads in two ways', () => {
    const twin = handlersOf(singleReader('reader.one'))[0]?.[1];
    expect(() => groupsOf(new Map(handlersOf(singleReader('reader.one'), twin)))).toThrow('read by two methods');
    const both = [
      ...handlersOf(batchReader('reader.one')).slice(1),
      ...handlersOf(singleReader('reader.one')).slice(0, 1),
    ];
    expect(() => groupsOf(new Map(both))).toThrow('one by one and in batches');
    const plain = Object.assign(() => Promise.resolve(of(1)), { extras: {} }) as unknown as MessageHandler;
    expect(() => groupsOf(new Map([['noted', plain]]))).toThrow('not made by Reads');
  });

  it('is refused at declaration if a group name or the use of a decorator is invalid', () => {
    expect(() => reads('timeline', Noted)).toThrow('<service>.<purpose>');
    expect(() => Reads('reader.none')).toThrow('has no event: name at least one');
    class Twice {
      @Reads('reader.one', Noted)
      on(): void {}
    }
    const own = Object.getOwnPropertyDescriptor(Twice.prototype, 'on') ?? {};
    expect(() =>
      Reads('reader.two', Shelved)(Twice.prototype, 'on', own as TypedPropertyDescriptor<() => void>),
    ).toThrow('has two decorators');
  });
});

describe('One attempt', () => {
  const delivery = new DeliveryAttempt(undefined as never, 'reader.one', []);
  const handler = (nest: () => Promise<unknown>): Parameters<typeof callHandler>[0] => ({
    mode: 'one',
    event: Noted,
    method: Symbol('x'),
    nest: nest,
  });

  it('waits for what Nest wraps into an observable', async () => {
    const outcome = { kind: 'handled', waiting: [] };
    expect(
      await callHandler(
        handler(() => Promise.resolve(of(outcome))),
        delivery,
      ),
    ).toEqual(outcome);
  });

  it('is a failure, never a success, if something swallowed the outcome', async () => {
    const swallowed = await callHandler(
      handler(() => Promise.resolve(of())),
      delivery,
    );
    expect(swallowed).toMatchObject({ kind: 'failed', reason: expect.stringContaining('swallowed') });
    const refused = await callHandler(
      handler(() => Promise.reject(new Error('no entry'))),
      delivery,
    );
    expect(refused).toEqual({ kind: 'failed', reason: 'before the handler: Error: no entry' });
  });

  it('runs a method unchanged if a test calls it directly', async () => {
    const seen: unknown[] = [];
    const controller = new (
      batchReader('reader.hand', { seen: (size) => seen.push(size) }) as Type<{
        onEvents(envelopes: readonly unknown[], context: unknown): Promise<void>;
      }>
    )();
    await controller.onEvents([], { tx: { query: () => Promise.resolve([]) } });
    expect(seen).toEqual([0]);
  });
});
