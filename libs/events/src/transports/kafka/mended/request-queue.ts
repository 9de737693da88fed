import { createRequire } from 'node:module';

/** The part of kafkajs' request queue of a connection that we change. */
export interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

const FULL_QUEUE_MS = 10;

/** The prototype that {@link calmRequestQueue} changes; a test checks that it still has the method. */
export function requestQueuePrototype(): RequestQueue {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue };
  return prototype;
}

/**
 * kafkajs 2.2.4 checks every millisecond on each connection whether requests wait, because its time-out is negative when
 * none do: 3 to 5 % of an idle core (traps.md 20; kafkajs#1556, #1704, #1751). Here it checks only when a request waits.
 */
export function calmRequestQueue(prototype: RequestQueue = requestQueuePrototype()): void {
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length === 0 || this.throttleCheckTimeoutId !== null) return;
    const wait = Math.max(this.throttledUntil - Date.now(), FULL_QUEUE_MS);
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    }, wait);
  };
}
