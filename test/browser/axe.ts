import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe-core finds against WCAG 2.2 A and AA: the rule, and the elements that break it. */
export async function axeFindings(page: Page, { without = [] as readonly string[] } = {}): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(tags)
    .disableRules([...without])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
