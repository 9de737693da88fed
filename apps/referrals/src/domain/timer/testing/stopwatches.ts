import { timerNames, type InstantText, type Milestone, type Priority, type TimerName } from '#contracts';
import type { AnyReferralEvent } from '../../model/state.ts';

type What = Milestone | 'end';
type Cause = 'question' | 'review' | 'hold' | 'suspension';

/** Counts minutes while nothing stops it, and knows after how many it notifies somebody or ends the Task. */
interface Watch {
  readonly minutes: readonly number[];
  readonly what: readonly What[];
  counted: number;
  stopped: Cause | null;
  /** Escalation steps that were reported. */
  done: number;
}

const days = (...numbers: readonly number[]): readonly number[] => numbers.map((number) => number * 24);

/** Domain.md §2, timers, written down a second time: hours after which somebody is notified, routine and urgent. */
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

interface WatchEffect {
  readonly ends?: readonly TimerName[];
  readonly stops?: readonly [cause: Cause, timers: readonly TimerName[]];
  readonly goes?: Cause;
  /** A silence is broken. */
  readonly breaks?: boolean;
  readonly starts?: readonly TimerName[];
}

/** What happens, and what it does to the watches: the column "from, until". */
const effects: Readonly<Partial<Record<AnyReferralEvent['type'], WatchEffect>>> = {
  'referral.task.sent': { starts: ['acknowledge-by', 'deliver-by'] },
  'referral.packet.opened': { ends: ['deliver-by'] },
  'referral.task.delivered': { ends: ['deliver-by'] },
  'referral.task.received': { ends: ['deliver-by', 'acknowledge-by'], starts: ['respond-by'] },
  'referral.task.info-requested': {
    ...{ ends: ['deliver-by', 'acknowledge-by'], stops: ['question', ['respond-by']], starts: ['info-reply-by'] },
  },
  'referral.task.info-replied': { ends: ['info-reply-by'], goes: 'question' },
  'referral.task.accepted': { ends: untilAnswered, starts: ['first-contact-by', 'stale-update'] },
  'referral.task.decline-proposed': {
    ...{ stops: ['review', timerNames.filter((timer) => timer !== 'needed-by')], starts: ['review-by'] },
  },
  'referral.task.decline-returned': { ends: ['review-by'], goes: 'review' },
  'referral.task.progressed': { ends: ['first-contact-by'], breaks: true },
  'referral.task.assigned': { breaks: true },
  'referral.task.held': { stops: ['hold', ['first-contact-by', 'stale-update']] },
  'referral.task.resumed': { ends: ['waitlist-review'], goes: 'hold', breaks: true },
  'referral.task.withdrawal-requested': {
    ...{ ends: ['first-contact-by', 'stale-update', 'waitlist-review'], starts: ['withdrawal-effective'] },
  },
  'referral.task.suspended': { stops: ['suspension', timerNames], starts: ['suspension'] },
  'referral.task.restored': { ends: ['suspension'], goes: 'suspension' },
  'referral.task.completed': { ends: timerNames },
  'referral.task.withdrawn': { ends: timerNames },
};

/** The timers of one Task as a drawer of stopwatches: no instants, no rows; it only counts what happened. */
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
  static everyEscalationStep(): readonly string[] {
    return Object.entries(table)
      .flatMap(([timer, [what]]) => what.map((each) => `${timer} ${each}`))
      .toSorted();
  }

  /** Minutes go by; returns who is notified of what, the longest due first. */
  pass(minutes: number): readonly string[] {
    for (const [timer, watch] of this.watches) {
      // The planned day does not move, whatever stands still.
      if (watch.stopped === null || timer === 'needed-by') watch.counted += minutes;
    }
    const reported: string[] = [];
    for (let timer = this.longestDue(); timer !== undefined; timer = this.longestDue())
      reported.push(this.report(timer));
    return reported;
  }

  applyAll(events: readonly AnyReferralEvent[], now: InstantText): void {
    for (const event of events) this.apply(event, now);
  }

  private apply(event: AnyReferralEvent, now: InstantText): void {
    if (event.type === 'referral.task.info-requested' && !this.watches.has('respond-by')) this.start('respond-by');
    if (event.type === 'referral.task.decline-returned') {
      for (const watch of this.watches.values()) if (watch.stopped === 'review') watch.counted = 0;
    }
    const { ends = [], stops, goes, breaks = false, starts = [] } = effects[event.type] ?? {};
    this.end(...ends);
    if (stops !== undefined) this.stop(...stops);
    if (goes !== undefined) this.go(goes);
    if (breaks) this.broken();
    for (const timer of starts) this.start(timer);
    if (event.type === 'referral.task.held') {
      this.start('waitlist-review', [Math.max(0, minutesBetween(now, event.reviewOn))]);
    }
    if (event.type === 'referral.task.declined' || event.type === 'referral.task.not-completed') {
      this.over(event.reroute);
    }
  }

  private report(timer: TimerName): string {
    const watch = this.watches.get(timer);
    const what = watch?.what[watch.done];
    if (watch === undefined || what === undefined) throw new Error(`${timer} has nothing to report`);
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

  /** Once a silence is broken, it is counted and reported again from the start. */
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
