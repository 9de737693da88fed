import type { Page } from 'playwright-core';

/**
 * Waits, frame by frame, until an expression is true on the page. The policy forbids the `eval` by which `waitForFunction`
 * would ask for it.
 */
export async function until(page: Page, expression: string): Promise<void> {
  while ((await page.evaluate(expression)) !== true) await page.evaluate('new Promise(requestAnimationFrame)');
}
