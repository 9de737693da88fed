/** What the rooms below the screens need of the browser, so that tests give their own clock and chance. */
export interface Outside {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970, by this computer's clock. */
  readonly now: () => number;
  /** A UUID of version 7. */
  readonly newId: () => string;
  /** 0 to 1. */
  readonly chance: () => number;
  /** Runs once, after so many milliseconds; returns what cancels it. */
  readonly later: (ms: number, run: () => void) => () => void;
}

export const browser: Outside = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
  chance: () => Math.random(),
  later: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** RFC 9562 §5.7. `crypto.randomUUID` is absent where the page came by plain HTTP. `chance`: 10 random bytes. */
export function uuidV7(now: number, chance: Uint8Array): string {
  const time = now.toString(16).padStart(12, '0');
  const random = [...chance].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = (8 + (Number.parseInt(random.slice(3, 4), 16) % 4)).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${random.slice(0, 3)}`,
    `${variant}${random.slice(4, 7)}`,
    random.slice(7, 19),
  ].join('-');
}
