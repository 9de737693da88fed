import type { DayText, InstantText } from '../ids.ts';

/** How far an instant or a day of a command may be from now. Every such field names one of these windows. */
export type WindowName = 'sensible' | 'happened' | 'planned' | 'birth' | 'ends';

/** A fixed instant, or a distance from now: negative is in the past. */
type Edge = { readonly at: InstantText } | { readonly years: number } | { readonly minutes: number };

interface Window {
  readonly earliest: Edge;
  readonly latest: Edge;
  /** The messages for a value before the window and for one after it. */
  readonly before: string;
  readonly after: string;
}

/** Clocks differ slightly: 5 minutes ahead of ours still counts as past, and 5 minutes back still counts as future. */
const skewMinutes = 5;
const beginning: Edge = { at: '1900-01-01T00:00:00.000Z' };
const longAgo = 'must not be before 1900';
const tooFar = 'must not be more than 100 years ahead';

const windows: Readonly<Record<WindowName, Window>> = {
  sensible: {
    earliest: beginning,
    latest: { years: 100 },
    before: longAgo,
    after: tooFar,
  },
  happened: {
    earliest: beginning,
    latest: { minutes: skewMinutes },
    before: longAgo,
    after: 'must not be in the future',
  },
  planned: {
    earliest: { minutes: -skewMinutes },
    latest: { years: 100 },
    before: 'must not be in the past',
    after: tooFar,
  },
  birth: {
    earliest: { years: -125 },
    latest: { minutes: 0 },
    before: 'must not be more than 125 years ago',
    after: 'must not be in the future',
  },
  ends: {
    earliest: beginning,
    latest: { years: 100 },
    before: longAgo,
    after: tooFar,
  },
};

export interface OutsideWindow {
  readonly message: string;
  readonly allowed: string;
}

/**
 * What is wrong with an instant, or undefined. `orDay`: a midnight may be a day that was typed, and today is not past,
 * because it begins later west of Greenwich.
 */
export function instantOutside(
  name: WindowName,
  value: InstantText,
  now: InstantText,
  orDay = false,
): OutsideWindow | undefined {
  if (orDay && value.endsWith('T00:00:00.000Z')) return dayOutside(name, value.slice(0, 10), now);
  return outside(name, { first: value, last: value }, bounds(name, now));
}

/** A day, or a part of one (`1980`, `1980-02`): it is outside if all its days are. */
export function dayOutside(name: WindowName, value: DayText, now: InstantText): OutsideWindow | undefined {
  const { earliest, latest } = bounds(name, now);
  const days = { first: firstDay(value), last: lastDay(value) };
  return outside(name, days, { earliest: earliest.slice(0, 10), latest: latest.slice(0, 10) });
}

/** For documents: what the window accepts, in words. */
export function windowInWords(name: WindowName): string {
  const { before, after } = windows[name];
  return `It ${before}, and ${after}.`;
}

function outside(
  name: WindowName,
  { first, last }: { readonly first: string; readonly last: string },
  { earliest, latest }: { readonly earliest: string; readonly latest: string },
): OutsideWindow | undefined {
  const allowed = `from ${earliest} to ${latest}`;
  if (last < earliest) return { message: windows[name].before, allowed };
  return first > latest ? { message: windows[name].after, allowed } : undefined;
}

function bounds(name: WindowName, now: InstantText): { readonly earliest: InstantText; readonly latest: InstantText } {
  return { earliest: edge(windows[name].earliest, now), latest: edge(windows[name].latest, now) };
}

function edge(of: Edge, now: InstantText): InstantText {
  if ('at' in of) return of.at;
  const date = new Date(now);
  if ('years' in of) date.setUTCFullYear(date.getUTCFullYear() + of.years);
  else date.setUTCMinutes(date.getUTCMinutes() + of.minutes);
  return date.toISOString();
}

function firstDay(value: DayText): DayText {
  return `${value}-01-01`.slice(0, 10);
}

/** Text order is time order, so day 31 of every month can stand for its last day. */
function lastDay(value: DayText): DayText {
  return value.length === 4 ? `${value}-12-31` : value.length === 7 ? `${value}-31` : value;
}
