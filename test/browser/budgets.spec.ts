import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { inChromium } from './chromium.ts';
import { countReceived, loadNothingIdle, type Received } from './received.ts';
import { servedWithoutApi, type Served } from './served.ts';
import { visit } from './visit.ts';

interface Budget {
  readonly name: string;
  readonly path: string;
  readonly aim: number;
  readonly limit: number;
}

const { screens } = JSON.parse(readFileSync('apps/web/budgets.json', 'utf8')) as {
  readonly screens: readonly Budget[];
};

inChromium('What a browser receives before the first key is answered', (browser) => {
  let served: Served;
  const lines: string[] = [];
  beforeAll(async () => {
    served = await servedWithoutApi();
  }, 240_000);
  afterAll(() => {
    served.close();
    process.stdout.write(`\n${lines.join('\n')}\n\n`);
  });

  it.each(screens)('is within its limit: $name, $limit KB', async ({ name, path, aim, limit }) => {
    const { page, close } = await visit(browser());
    await loadNothingIdle(page);
    const received = await countReceived(page);
    await page.goto(`${served.address}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.locator(':focus').waitFor();
    const all = received();
    const total = kilobytes(all);
    lines.push(
      `${name}: ${total} KB (aim ${aim}, limit ${limit}${total > aim ? ', over its aim' : ''})`,
      ...partsOf(all),
    );
    expect(total).toBeLessThanOrEqual(limit);
    await close();
  });
});

function partsOf(received: readonly Received[]): readonly string[] {
  const largest = received.toSorted((one, other) => other.bytes - one.bytes);
  return largest.map((each) => `  ${String(kilobytes([each])).padStart(6)} KB  ${each.path}`);
}

function kilobytes(received: readonly Received[]): number {
  return Math.round(received.reduce((sum, { bytes }) => sum + bytes, 0) / 100) / 10;
}
