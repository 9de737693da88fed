import type { InstantText, Milestone, Priority, TimerName } from '#contracts';
import type { AnyReferralEvent } from '../../state/state.ts';

type What = Milestone | 'end';
type Cause = 'question' | 'review' | 'hold' | 'suspension';

/** Counts minutes while nothing stops it, and knows after how many it tells somebody or ends the Task. */
interface Watch {
  readonly minutes: readonly number[];
  readonly what: readonly What[];
  counted: number;
  stopped: Cause | null;
  /** Rungs that were told. */
  done: number;
}

const days = (...numbers: readonly number[]): readonly number[] => numbers.map((number) => number * 24);

/** Domain.md §2, timers, written down a second time: hours after which somebody is told, routine and urgent. */
const table = {
  'deliver-by': [['supervisor'], [0.25], [1 / 12]],
  'acknowledge-by': [
    ['reminded', 'supervisor', 'coordinator', 'end'],
    [36, 57.6, 72, 144],
    [2, 3.2, 4, 8],
  ],
  'respond-by': [['reminded', 'supervisor', 'coordinator', 'end'], days(2.5, 4, 5, 5), [12, 19.2, 24, 24]],
  'info-reply-by': [['supervisor', 'coordinator'], days(2, 4), [4, 8]],
  'review-by': [['coordinator', 'supervisor'], days(1, 2), [4, 8]],
  'withdrawal-effective': [['end'], days(2), days(2)],
  suspension: [['coordinator', 'end'], days(5, 30), days(5, 30)],
  'reroute-by': [['coordinator'], days(1), [2]],
  'first-contact-by': [['supervisor'], days(2), days(1)],
  'needed-by': [['coordinator'], [], []],
  'stale-update': [['reminded', 'coordinator'], days(14, 30), days(3, 6)],
  'waitlist-review': [['reminded'], [], []],
} as const satisfies Readonly<Record<TimerName, readonly [readonly What[], readonly number[], readonly number[]]>>;

const untilAnswered: readonly TimerName[] = ['deliver-by', 'acknowledge-by', 'respond-by', 'info-reply-by'];

/** The timers of one Task as a drawer of stopwatches: no instants, no rows; it only hears what happened and counts. */
export class Stopwatches {
  private readonly watches = new Map<TimerName, Watch>();

  constructor(
    private readonly priority: Priority,
    now: InstantText,
    neededBy: InstantText | null,
  ) {
    if (neededBy !== null) this.start('needed-by', [minutesBetween(now, neededBy) - 24 * 60]);
  }

  /** Everything that any watch can say, in alphabetical order. */
  static everyRung(): readonly string[] {
    return Object.entries(table)
      .flatMap(([timer, [what]]) => what.map((each) => `${timer} ${each}`))
      .toSorted();
  }

  /** Minutes go by; answers who is told of what, the longest due first. */
  pass(minutes: number): readonly string[] {
    for (const [timer, watch] of this.watches) {
      // The planned day does not move, whatever stands still.
      if (watch.stopped === null || timer === 'needed-by') watch.counted += minutes;
    }
    const told: string[] = [];
    for (let timer = this.longestDue(); timer !== undefined; timer = this.longestDue()) told.push(this.tell(timer));
    return told;
  }

  hear(events: readonly AnyReferralEvent[], now: InstantText): void {
    for (const event of events) this.heard(event, now);
  }

  private heard(event: AnyReferralEvent, now: InstantText): void {
    switch (event.type) {
      case 'referral.task.sent':
        this.start('acknowledge-by');
        return this.start('deliver-by');
      case 'referral.packet.opened':
        return this.end('deliver-by');
      case 'referral.task.received':
        this.end('deliver-by', 'acknowledge-by');
        return this.start('respond-by');
      case 'referral.task.info-requested':
        this.end('deliver-by', 'acknowledge-by');
        if (!this.watches.has('respond-by')) this.start('respond-by');
        this.stop('question', ['respond-by']);
        return this.start('info-reply-by');
      case 'referral.task.info-replied':
        this.end('info-reply-by');
        return this.go('question');
      case 'referral.task.accepted':
        this.end(...untilAnswered);
        this.start('first-contact-by');
        return this.start('stale-update');
      case 'referral.task.decline-proposed':
        this.stop(
          'review',
          [...this.watches.keys()].filter((timer) => timer !== 'needed-by'),
        );
        return this.start('review-by');
      case 'referral.task.decline-returned':
        this.end('review-by');
        for (const watch of this.watches.values()) if (watch.stopped === 'review') watch.counted = 0;
        return this.go('review');
      case 'referral.task.progressed':
        this.end('first-contact-by');
        return this.broken();
      case 'referral.task.assigned':
        return this.broken();
      case 'referral.task.held':
        this.stop('hold', ['first-contact-by', 'stale-update']);
        return this.start('waitlist-review', [Math.max(0, minutesBetween(now, event.reviewOn))]);
      case 'referral.task.resumed':
        this.end('waitlist-review');
        this.go('hold');
        return this.broken();
      case 'referral.task.withdrawal-requested':
        this.end('first-contact-by', 'stale-update', 'waitlist-review');
        return this.start('withdrawal-effective');
      case 'referral.task.suspended':
        this.stop('suspension', [...this.watches.keys()]);
        return this.start('suspension');
      case 'referral.task.restored':
        this.end('suspension');
        return this.go('suspension');
      case 'referral.task.declined':
      case 'referral.task.not-completed':
        return this.over(event.reroute);
      case 'referral.task.completed':
      case 'referral.task.withdrawn':
        return this.over(false);
    }
  }

  private tell(timer: TimerName): string {
    const watch = this.watches.get(timer);
    const what = watch?.what[watch.done];
    if (watch === undefined || what === undefined) throw new Error(`${timer} has nothing to tell`);
    watch.done += 1;
    // A question that nobody answers keeps the agency's own time from running no longer.
    if (timer === 'info-reply-by' && what === 'coordinator') this.go('question');
    if (what === 'end') this.over(timer === 'acknowledge-by' || timer === 'respond-by');
    return `${timer} ${what}`;
  }

  private longestDue(): TimerName | undefined {
    let longest: { readonly timer: TimerName; readonly by: number } | undefined;
    for (const [timer, { minutes, counted, done, stopped }] of this.watches) {
      const by = counted - (minutes[done] ?? Number.POSITIVE_INFINITY);
      if (stopped !== null || by < 0) continue;
      if (longest === undefined || by > longest.by || (by === longest.by && timer < longest.timer))
        longest = { timer, by };
    }
    return longest?.timer;
  }

  private start(timer: TimerName, minutes?: readonly number[]): void {
    const [what, routine, urgent] = table[timer];
    const hours: readonly number[] = this.priority === 'urgent' ? urgent : routine;
    const inMinutes = minutes ?? hours.map((each) => Math.round(each * 60));
    this.watches.set(timer, { minutes: inMinutes, what, counted: 0, stopped: null, done: 0 });
  }

  private end(...timers: readonly TimerName[]): void {
    for (const timer of timers) this.watches.delete(timer);
  }

  private stop(cause: Cause, timers: readonly TimerName[]): void {
    for (const timer of timers) {
      const watch = this.watches.get(timer);
      if (watch !== undefined) watch.stopped ??= cause;
    }
  }

  private go(cause: Cause): void {
    for (const watch of this.watches.values()) if (watch.stopped === cause) watch.stopped = null;
  }

  /** A silence that is broken is counted, and told, anew. */
  private broken(): void {
    const watch = this.watches.get('stale-update');
    if (watch === undefined || watch.stopped !== null) return;
    watch.counted = 0;
    watch.done = 0;
  }

  private over(reroute: boolean): void {
    this.watches.clear();
    if (reroute) this.start('reroute-by');
  }
}

function minutesBetween(from: InstantText, to: InstantText): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}
