import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { contrast, tokensIn } from './contrast.ts';

const css = readFileSync('apps/web/src/kit/tokens.css', 'utf8');
const light = tokensIn(css, ':root {');
const dark = tokensIn(css, ":root[data-theme='dark'] {");
const systemDark = tokensIn(css, ":root:not([data-theme='light']) {");

/** The designed contrasts: on page, on card; light, then dark. */
const designed: readonly (readonly [string, readonly [number, number], readonly [number, number]])[] = [
  ['ink', [14.8, 15.8], [15.0, 13.5]],
  ['quiet', [5.9, 6.3], [8.0, 7.2]],
  ['border', [3.3, 3.6], [4.2, 3.8]],
  ['accent', [7.0, 7.4], [8.9, 8.0]],
  ['late', [7.3, 7.8], [8.7, 7.8]],
  ['soon', [7.0, 7.4], [10.3, 9.3]],
  ['helped', [6.1, 6.5], [9.7, 8.7]],
  ['waiting', [7.4, 7.9], [9.6, 8.7]],
];
const tinted = ['accent', 'late', 'soon', 'helped', 'waiting'];
const themes = [
  ['light', light],
  ['dark', dark],
] as const;

describe('The colours of tokens.css', () => {
  it.each(designed)('%s has its designed contrast on page and card, in both themes', (name, onLight, onDark) => {
    const measured = ([light, dark] as const).map((theme) =>
      ['page', 'card'].map((ground) => rounded(contrast(theme.color(name), theme.color(ground)))),
    );
    expect(measured).toEqual([onLight, onDark]);
  });

  it.each(themes)('write readable text on every tint (%s)', (_name, theme) => {
    for (const name of tinted) {
      const tint = theme.color(`tint-${name}`);
      expect([name, contrast(theme.color(name), tint) > 5.6]).toEqual([name, true]);
      expect([name, contrast(theme.color('ink'), tint) > 7]).toEqual([name, true]);
      expect([name, contrast(theme.color('quiet'), tint) > 4.5]).toEqual([name, true]);
    }
  });

  it.each(themes)('write readable words on a filled button, also under the pointer (%s)', (_name, theme) => {
    expect(rounded(contrast(theme.color('on-accent'), theme.color('accent')))).toBeGreaterThanOrEqual(7.4);
    expect(contrast(theme.color('on-accent'), theme.color('accent-hover'))).toBeGreaterThan(7.4);
  });

  it('are the same whether dark is chosen or the system prefers it', () => {
    expect(systemDark.all).toEqual(dark.all);
  });

  it('have a dark value for every light colour', () => {
    const colors = (tokens: typeof light) => Object.keys(tokens.all).filter((name) => name.startsWith('--color-'));
    expect(colors(dark)).toEqual(colors(light));
  });
});

describe('The contrast of two colours', () => {
  it('is 21 for black on white, 1 for equal colours, and does not depend on the order', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#777777', '#777777')).toBe(1);
    expect(rounded(contrast('#777777', '#ffffff'))).toBe(rounded(contrast('#ffffff', '#777777')));
    expect(rounded(contrast('#777777', '#ffffff'))).toBe(4.5);
  });
});

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
