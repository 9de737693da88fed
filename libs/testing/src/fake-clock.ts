import type { InstantText } from '#contracts';

/** How far to move a {@link FakeClock}; the parts add up. */
export interface Passing {
  readonly ms?: number;
  readonly seconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
}

const MS: Readonly<Record<keyof Passing, number>> = {
  ms: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

/** Time stands still until a test moves it. Implements the `Clock` of #events. */
export class FakeClock {
  private time: number;

  constructor(start: InstantText = '2026-11-24T08:00:00.000Z') {
    this.time = Date.parse(start);
  }

  now(): InstantText {
    return new Date(this.time).toISOString();
  }

  /** Moves forward (or back, with a negative part), and returns the new instant. */
  advance(by: Passing): InstantText {
    for (const [unit, count] of Object.entries(by)) this.time += MS[unit as keyof Passing] * count;
    return this.now();
  }

  set(instant: InstantText): void {
    this.time = Date.parse(instant);
  }
}
