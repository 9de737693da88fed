import { describe, expect, it } from '@jest/globals';
import { createDates, type Dates } from './dates.ts';
import { frameWords } from './frame.words.ts';
import { readFileSync } from 'node:fs';
import { localeOf, type Language, type Texts } from './vocabulary.ts';
import { Words } from './words.ts';

/** Tuesday, 9 in the morning in Chicago. */
const now = Date.parse('2026-12-01T15:00:00Z');
const zone = 'America/Chicago';

describe('What is due, in words', () => {
  it.each([
    ['2026-12-01T23:00:00Z', 'by 5 pm today (in 8 hours)', 'antes de las 5 p. m. de hoy (dentro de 8 horas)'],
    ['2026-12-02T19:00:00Z', 'by tomorrow 1 pm (in 1 day)', 'antes de la 1 p. m. de mañana (dentro de 1 día)'],
    ['2026-12-03T23:00:00Z', 'by Thursday 5 pm (in 2 days)', 'antes del jueves a las 5 p. m. (dentro de 2 días)'],
    [
      '2026-12-15T15:30:00Z',
      'by December 15, 9:30 am (in 14 days)',
      'antes del 15 de diciembre a las 9:30 a. m. (dentro de 14 días)',
    ],
  ])('%s is read as a person says it', (dueAt, english, spanish) => {
    expect([plain(dates('en').by(dueAt, now)), plain(dates('es').by(dueAt, now))]).toEqual([english, spanish]);
  });

  it.each([
    ['2026-12-01T14:59:40Z', '1 minute late', '1 minuto de retraso'],
    ['2026-12-01T10:30:00Z', '4 hours late', '4 horas de retraso'],
    ['2026-11-30T15:00:00Z', '1 day late', '1 día de retraso'],
    ['2026-11-21T15:00:00Z', '10 days late', '10 días de retraso'],
  ])('%s is late by whole units, never by a colour', (dueAt, english, spanish) => {
    expect([plain(dates('en').late(dueAt, now)), plain(dates('es').late(dueAt, now))]).toEqual([english, spanish]);
  });

  it('is counted in days of the organization, not of the reader or of UTC', () => {
    const lateEvening = Date.parse('2026-12-02T05:30:00Z'); // 11:30 pm on Tuesday in Chicago
    expect(plain(dates('en').by('2026-12-02T05:50:00Z', lateEvening))).toBe('by 11:50 pm today (in 20 minutes)');
    expect(plain(dates('en').by('2026-12-02T15:00:00Z', lateEvening))).toBe('by tomorrow 9 am (in 9 hours)');
  });
});

describe('What is due, where the room is short', () => {
  it('is said without the distance', () => {
    const due = '2026-12-03T23:00:00Z';
    expect(plain(dates('en').until(due, now))).toBe('by Thursday 5 pm');
    expect(plain(dates('es').until(due, now))).toBe('antes del jueves a las 5 p. m.');
  });
});

describe('What happened, in words', () => {
  it.each([
    ['2026-12-01T14:59:30Z', 'just now', 'ahora mismo'],
    ['2026-12-01T13:00:00Z', '2 hours ago', 'hace 2 horas'],
    ['2026-11-30T14:00:00Z', 'yesterday', 'ayer'],
    ['2026-11-22T15:00:00Z', '9 days ago', 'hace 9 días'],
  ])('%s', (at, english, spanish) => {
    expect([plain(dates('en').ago(at, now)), plain(dates('es').ago(at, now))]).toEqual([english, spanish]);
  });

  it.each([
    ['2026-12-08T21:00:00Z', 'December 8, 3 pm', 'el 8 de diciembre a las 3 p. m.'],
    ['2026-12-04T21:00:00Z', 'Friday 3 pm', 'el viernes a las 3 p. m.'],
    ['2026-11-30T19:02:00Z', 'yesterday 1:02 pm', 'ayer a la 1:02 p. m.'],
  ])('%s as a moment', (at, english, spanish) => {
    expect([plain(dates('en').moment(at, now)), plain(dates('es').moment(at, now))]).toEqual([english, spanish]);
  });

  it('names the year only where it is another one, and keeps a day the day that it is', () => {
    const english = dates('en');
    expect(english.day('2026-12-04', now)).toBe('December 4');
    expect(english.day('2027-11-28', now)).toBe('November 28, 2027');
    expect(dates('es').day('2026-12-04', now)).toBe('4 de diciembre');
    expect(english.weekday('2026-12-04', now)).toBe('Friday, December 4');
  });

  it('names the time zone only where the clock of the reader shows another time', () => {
    const english = dates('en');
    expect(english.zoneNote(now, 'America/Chicago')).toBeNull();
    expect(english.zoneNote(now, 'America/Winnipeg')).toBeNull();
    expect(english.zoneNote(now, 'Europe/Madrid')).toBe('Times are in Central Time.');
  });
});

function dates(language: Language): Dates {
  const words = new Words({
    onMissing: (what) => {
      throw new Error(`missing: ${what}`);
    },
  });
  const texts = JSON.parse(readFileSync(`apps/web/src/words/frame.${language}.json`, 'utf8')) as Texts;
  words.add(frameWords, language, texts);
  return createDates({ locale: localeOf[language], zone, say: words.say(frameWords, language) });
}

/** The spaces of CLDR, which differ between versions, as plain ones. */
function plain(text: string): string {
  return text.replaceAll(/[\u00A0\u202F]/g, ' ');
}
