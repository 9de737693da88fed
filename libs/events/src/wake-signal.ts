/** Wakes one loop. A wake-up during its work ends the next wait immediately, so no wake-up is lost. */
export class WakeSignal {
  private awake = false;
  private endWait: (() => void) | undefined;

  wake(): void {
    this.awake = true;
    this.endWait?.();
  }

  /** Waits until somebody calls `wake`, but not longer than `ms`. */
  async wait(ms: number): Promise<void> {
    if (!this.awake) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.endWait = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.endWait = undefined;
    }
    this.awake = false;
  }
}

/** Waits `firstMs`, then twice as long each time, up to `longestMs`. */
export function backOff(attempt: number, firstMs: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 30));
}
