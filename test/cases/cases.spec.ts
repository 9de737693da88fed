import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** Faults found by using the product: access (S), failing parts (F), the person (P), dates and work (W). */
const found: Readonly<Record<string, number>> = { S: 15, F: 14, P: 12, W: 20 };

const cases = Object.entries(found).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
);
const files = globSync([
  'apps/**/*.{spec,contract}.ts',
  'libs/**/*.{spec,contract}.ts',
  'test/**/*.{spec,contract}.ts',
]);
const tagged = new Set(
  files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\[([SFPW]\d+)\]['"`]/g)].map(([, number]) => number),
  ),
);

describe('Each fault that trying the product has found', () => {
  it.each(cases)('%s is held by a test whose title ends with its number', (number) => {
    expect(tagged).toContain(number);
  });
});
