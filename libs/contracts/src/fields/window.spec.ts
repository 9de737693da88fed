import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fieldsOf, type FieldsClass } from '../fields.ts';
import { dayOutside, instantOutside, type WindowName } from './window.ts';

const now = '2026-11-28T12:00:00.000Z';
const commands = globSync('../**/*.commands.ts', { cwd: import.meta.dirname });

async function classesIn(file: string): Promise<readonly FieldsClass[]> {
  const found = (await import(join(import.meta.dirname, file))) as Record<string, unknown>;
  return Object.values(found).filter(
    (each): each is FieldsClass => typeof each === 'function' && /^class /.test(String(each)),
  );
}

describe('the window of an instant or a day', () => {
  it.each<[WindowName, string, boolean]>([
    ['sensible', '1899-12-31T23:59:59.999Z', false],
    ['sensible', '2126-11-28T12:00:00.001Z', false],
    ['happened', '2026-11-28T12:05:00.000Z', true],
    ['happened', '2026-11-28T12:05:00.001Z', false],
    ['happened', '0001-01-01T00:00:00.000Z', false],
    ['planned', '2026-11-28T11:55:00.000Z', true],
    ['planned', '2026-11-28T11:54:59.999Z', false],
    ['planned', '2126-11-28T12:00:00.000Z', true],
    ['planned', '9999-12-31T23:59:59.999Z', false],
  ])('%s takes %s: %s [W1]', (name, value, taken) => {
    expect(instantOutside(name, value, now) === undefined).toBe(taken);
  });

  it.each<[WindowName, string, boolean]>([
    ['birth', '2026-11-28', true],
    ['birth', '2026-11-29', false],
    ['birth', '2026', true],
    ['birth', '2027', false],
    ['birth', '2026-12', false],
    ['birth', '1901-11-28', true],
    ['birth', '1901-11-27', false],
    ['birth', '1901', true],
    ['birth', '1900', false],
    ['ends', '9999-12-31', false],
    ['ends', '2126-11-28', true],
  ])('%s takes the day %s: %s [P7]', (name, value, taken) => {
    expect(dayOutside(name, value, now) === undefined).toBe(taken);
  });

  it('accepts today as a day even if an instant of this morning is past [W3]', () => {
    expect(instantOutside('planned', '2026-11-28T00:00:00.000Z', now, true)).toBeUndefined();
    expect(instantOutside('planned', '2026-11-27T00:00:00.000Z', now, true)).toBeDefined();
    expect(instantOutside('planned', '2026-11-28T09:00:00.000Z', now, true)).toBeDefined();
  });

  it('says what is wrong, and which range is allowed [W1]', () => {
    expect(dayOutside('birth', '2099-12-31', now)).toEqual({
      message: 'must not be in the future',
      allowed: 'from 1901-11-28 to 2026-11-28',
    });
  });

  it('is declared for every instant and day of every command [W1]', async () => {
    expect(commands.length).toBeGreaterThan(5);
    const classes = (await Promise.all(commands.map(classesIn))).flat();
    const unnamed = classes.flatMap((each) =>
      fieldsOf(each)
        .filter((field) => (field.kind === 'instant' || field.kind === 'day') && field.window === undefined)
        .map((field) => `${each.name}.${field.name}`),
    );
    expect(unnamed).toEqual([]);
  });
});
