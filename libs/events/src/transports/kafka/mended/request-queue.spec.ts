import { describe, expect, it } from '@jest/globals';
import { calmRequestQueue, requestQueuePrototype } from './request-queue.ts';
import type { RequestQueue } from './request-queue.ts';

describe('kafkajs’ queue of requests', () => {
  const prototype = requestQueuePrototype();

  it('still has the methods that we replace and call', () => {
    expect(typeof prototype.scheduleCheckPendingRequests).toBe('function');
    expect(typeof prototype.checkPendingRequests).toBe('function');
  });

  it('sets no timer while nothing waits, and one while something does', async () => {
    calmRequestQueue(prototype);
    let checks = 0;
    const queue = (pending: readonly unknown[]): RequestQueue =>
      Object.assign(Object.create(prototype) as RequestQueue, {
        pending,
        throttledUntil: -1,
        throttleCheckTimeoutId: null,
        checkPendingRequests: () => void (checks += 1),
      });
    const empty = queue([]);
    empty.scheduleCheckPendingRequests();
    expect(empty.throttleCheckTimeoutId).toBeNull();
    const full = queue([{}]);
    full.scheduleCheckPendingRequests();
    full.scheduleCheckPendingRequests();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(checks).toBe(1);
  });
});
