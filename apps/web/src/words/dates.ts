import type { Say } from './words.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Dates in words, in one language and one time zone. Instants are ISO 8601 texts, `now` is in milliseconds. */
export interface Dates {
  /** "4 hours"; the largest unit that is whole, at least a minute. */
  duration(milliseconds: number): string;
  /** "4 hours late". */
  late(dueAt: string, now: number): string;
  /** "by Thursday 5 pm (in 2 days)". */
  by(dueAt: string, now: number): string;
  /** "by Thursday 5 pm": where the room is short, as in a row. */
  until(dueAt: string, now: number): string;
  /** "Thursday 5 pm", "today 5 pm", "December 14, 5 pm". */
  moment(at: string, now: number): string;
  /** "2 hours ago", "yesterday". */
  ago(at: string, now: number): string;
  /** "2:02 pm", "5 pm". */
  clock(at: string): string;
  /** "December 4", with the year where it is another one. Takes an instant or a day (`2026-12-04`). */
  day(at: string, now: number): string;
  /** "Friday, December 4". */
  weekday(at: string, now: number): string;
  /** "Times are in Central Time." where the reader's clock shows others; else null. */
  zoneNote(now: number, readersZone?: string): string | null;
}

type TimeKey =
  | `time.by.${'today' | 'tomorrow' | 'weekday' | 'date'}`
  | `time.at.${'yesterday' | 'today' | 'tomorrow' | 'weekday' | 'date'}`
  | ('time.by-in' | 'time.late' | 'time.just-now' | 'time.zone');

export interface DatesOptions {
  readonly locale: string;
  /** IANA name of the organization's time zone. */
  readonly zone: string;
  readonly say: Say<TimeKey>;
}

/** Everything by `Intl`; only the small words between are texts of ours. */
export function createDates({ locale, zone, say }: DatesOptions): Dates {
  const format = (options: Intl.DateTimeFormatOptions, timeZone = zone): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const hours = format({ hour: 'numeric' });
  const minutes = format({ hour: 'numeric', minute: '2-digit' });
  const weekdays = format({ weekday: 'long' });
  const dates = [format({ month: 'long', day: 'numeric' }), format({ month: 'long', day: 'numeric' }, 'UTC')] as const;
  const years = [
    format({ year: 'numeric', month: 'long', day: 'numeric' }),
    format({ year: 'numeric', month: 'long', day: 'numeric' }, 'UTC'),
  ] as const;
  const named = [
    format({ weekday: 'long', month: 'long', day: 'numeric' }),
    format({ weekday: 'long', month: 'long', day: 'numeric' }, 'UTC'),
  ] as const;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const inFuture = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const numbers = zoneNumbers(zone);

  const clock = (at: string): string => {
    const instant = Date.parse(at);
    const text = (numbers(instant).minute === 0 ? hours : minutes).format(instant);
    const spaced = text.replaceAll(/[\u00A0\u202F]/g, '\u00A0').replace(/([ap])\.\s?m\./, '$1.\u00A0m.');
    return spaced.toLocaleLowerCase(locale);
  };
  const isDay = (at: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(at);
  const dayText = (at: string, now: number): string => {
    const which = isDay(at) ? 1 : 0;
    const year = isDay(at) ? Number(at.slice(0, 4)) : numbers(Date.parse(at)).year;
    return (year === numbers(now).year ? dates : years)[which].format(Date.parse(at));
  };
  const words = (at: string, now: number): { near: Near; values: { day: string; time: string; count: number } } => {
    const instant = Date.parse(at);
    const near = nearness(numbers(instant).dayNumber - numbers(now).dayNumber);
    const text = near === 'weekday' ? weekdays.format(instant) : dayText(at, now);
    return { near, values: { day: text, time: clock(at), count: numbers(instant).hour12 } };
  };
  const unitOf = (milliseconds: number): readonly [number, 'day' | 'hour' | 'minute'] => {
    if (milliseconds >= day) return [Math.floor(milliseconds / day), 'day'];
    if (milliseconds >= hour) return [Math.floor(milliseconds / hour), 'hour'];
    return [Math.max(1, Math.floor(milliseconds / minute)), 'minute'];
  };
  const duration = (milliseconds: number): string => {
    const [count, unit] = unitOf(milliseconds);
    return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  };

  const until = (dueAt: string, now: number): string => {
    const { near, values } = words(dueAt, now);
    return say(`time.by.${near === 'yesterday' ? 'date' : near}`, values);
  };

  return {
    duration,
    late: (dueAt, now) => say('time.late', { duration: duration(now - Date.parse(dueAt)) }),
    by: (dueAt, now) => {
      const [count, unit] = unitOf(Date.parse(dueAt) - now);
      return say('time.by-in', { by: until(dueAt, now), in: inFuture.format(count, unit) });
    },
    until,
    moment: (at, now) => {
      const { near, values } = words(at, now);
      return say(`time.at.${near}`, values);
    },
    ago: (at, now) => {
      const passed = now - Date.parse(at);
      if (passed < minute) return say('time.just-now');
      const [count, unit] = unitOf(passed);
      return relative.format(-count, unit);
    },
    clock,
    day: dayText,
    weekday: (at) => named[isDay(at) ? 1 : 0].format(Date.parse(at)),
    zoneNote: (now, readersZone = new Intl.DateTimeFormat().resolvedOptions().timeZone) => {
      if (offset(readersZone, now) === offset(zone, now)) return null;
      const parts = format({ timeZoneName: 'longGeneric' }).formatToParts(now);
      return say('time.zone', { zone: parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone });
    },
  };
}

type Near = 'yesterday' | 'today' | 'tomorrow' | 'weekday' | 'date';

/** A weekday names a day only within the coming six. */
function nearness(daysAway: number): Near {
  if (daysAway === -1) return 'yesterday';
  if (daysAway === 0) return 'today';
  if (daysAway === 1) return 'tomorrow';
  return daysAway > 1 && daysAway < 7 ? 'weekday' : 'date';
}

interface Numbers {
  readonly year: number;
  readonly minute: number;
  readonly hour12: number;
  /** Days since 1970 in the zone. */
  readonly dayNumber: number;
}

function zoneNumbers(timeZone: string): (instant: number) => Numbers {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
  });
  return (instant) => {
    const read = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute: minutes = 0 } = read;
    return { year, minute: minutes, hour12: hours % 12 || 12, dayNumber: Date.UTC(year, month - 1, date) / day };
  };
}

function offset(timeZone: string, now: number): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(now);
}
