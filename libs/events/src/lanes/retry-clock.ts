/** The time that retries use, independent of the system clock. Tests bring their own. */
export interface RetryClock {
  sleep(ms: number): Promise<void>;
  /** Milliseconds since some fixed moment; never decreases. */
  elapsed(): number;
  /** From 0 up to 1: a random share, so that two transactions that collided do not collide again. */
  random(): number;
}

export const systemRetryClock: RetryClock = {
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  elapsed: () => performance.now(),
  random: () => Math.random(),
};
