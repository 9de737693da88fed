import { afterAll, beforeAll, describe } from '@jest/globals';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const path = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((each) => each !== undefined && existsSync(each));

/** Opens a browser of its own; close it. Throws where there is no Chromium. */
function openChromium(): Promise<Browser> {
  if (path === undefined) throw new Error('there is no Chromium: install it, or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath: path,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/**
 * A suite that needs a browser; `browser` gives the one that all its tests share. Without Chromium it is skipped, and its
 * name says why.
 */
export function inChromium(name: string, body: (browser: () => Browser) => void): void {
  const why = path === undefined ? 'needs Chromium: apt-get install chromium, or set CHROMIUM_PATH' : 'in Chromium';
  (path === undefined ? describe.skip : describe)(`${name} (${why})`, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await openChromium();
    });
    afterAll(async () => {
      await browser?.close();
    });
    body(() => {
      if (browser === undefined) throw new Error('the browser has not started');
      return browser;
    });
  });
}
