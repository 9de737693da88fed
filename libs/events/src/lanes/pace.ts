/** The time that retries take, apart from what the world's clock says. Tests bring their own. */
export interface Pace {
  sleep(ms: number): Promise<void>;
  /** Milliseconds since some fixed moment; never goes back. */
  elapsed(): number;
  /** From 0 up to 1: keeps two that met from meeting again. */
  random(): number;
}

export const systemPace: Pace = {
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  elapsed: () => performance.now(),
  random: () => Math.random(),
};
