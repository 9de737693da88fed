import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFindings } from '../axe.ts';
import { inChromium } from '../chromium.ts';
import { visit, type VisitOptions } from '../visit.ts';
import { servedSpecimens, type ServedSpecimens } from './served-specimens.ts';

interface Look extends VisitOptions {
  readonly name: string;
  readonly choices: Readonly<Record<string, string>>;
  /** Rules of axe that do not apply, each with its reason where the look is listed. */
  readonly without?: readonly string[];
}

const windows = ['desktop', 'phone'] as const;
/** Each pair of theme, language and window occurs. */
const looks: readonly Look[] = [
  { name: 'desktop light English', choices: { theme: 'light', language: 'en' } },
  { name: 'desktop dark Spanish', choices: { theme: 'dark', language: 'es' } },
  { name: 'phone dark English', window: 'phone', choices: { theme: 'dark', language: 'en' } },
  { name: 'phone light Spanish', window: 'phone', choices: { theme: 'light', language: 'es' } },
  { name: 'compact', choices: { density: 'compact' } },
  { name: 'forced colours', forcedColors: 'active', choices: {} },
  { name: 'forced colours, dark', forcedColors: 'active', colorScheme: 'dark', choices: { theme: 'dark' } },
  ...windows.map((window) => ({
    ...{ name: `${window}, pseudo language`, window, choices: { language: 'pseudo' } },
    // a label that is 40 % longer ends in letters that its spoken form does not have
    without: ['label-content-name-mismatch'],
  })),
];

inChromium('The specimens', (browser) => {
  let served: ServedSpecimens;
  beforeAll(async () => {
    served = await servedSpecimens();
  }, 240_000);
  afterAll(() => served.close());

  it.each(looks)(
    'break no rule of accessibility or policy, and stay within the window: $name',
    async ({ name, choices, without = [], ...options }) => {
      const { page, complaints, close } = await visit(browser(), options);
      await open(page, served.address(choices));
      await page.screenshot({ path: `.cache/specimens-seen/${name}.png`, fullPage: true });
      expect(await axeFindings(page, { without })).toEqual([]);
      expect(await beyondTheWindow(page)).toEqual([]);
      expect(complaints()).toEqual([]);
      await close();
    },
  );

  it.each(windows)('stay within the window with text of 200 %%: %s', async (window) => {
    const { page, close } = await visit(browser(), { window });
    await open(page, served.address());
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    await page.screenshot({ path: `.cache/specimens-seen/${window}, text 200.png`, fullPage: true });
    expect(await beyondTheWindow(page)).toEqual([]);
    await close();
  });

  it('show dark where it is chosen, and light where light is chosen against the system', async () => {
    const ground = async (
      colorScheme: 'light' | 'dark',
      choices: Readonly<Record<string, string>>,
    ): Promise<unknown> => {
      const { page, close } = await visit(browser(), { colorScheme });
      await open(page, served.address(choices));
      const color = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
      await close();
      return color;
    };
    const [light, dark] = ['rgb(247, 248, 249)', 'rgb(20, 25, 29)'];
    expect(await ground('light', { theme: 'dark' })).toBe(dark);
    expect(await ground('dark', { theme: 'light' })).toBe(light);
    expect([await ground('light', {}), await ground('dark', {})]).toEqual([light, dark]);
  });

  it('give a finger 44 px, whatever the density', async () => {
    const { page, close } = await visit(browser(), { window: 'phone', hasTouch: true, isMobile: true });
    await open(page, served.address({ density: 'compact' }));
    const small = await page.evaluate(`
      [...document.querySelectorAll('button, select, input:not([type=radio], [type=checkbox], [tabindex="-1"]), label:has(input), [data-row]')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
        .map((element) => element.outerHTML.slice(0, 80))`);
    expect(small).toEqual([]);
    await close();
  });

  it('move nothing where the reader wants no motion, and else only what changed', async () => {
    const longest = async (reducedMotion: 'reduce' | 'no-preference'): Promise<unknown> => {
      const { page, close } = await visit(browser(), { reducedMotion });
      await open(page, served.address({ only: 'together' }));
      const seconds = await page.evaluate(`
        Math.max(...[...document.querySelectorAll('*')].flatMap((element) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
          return [animationName === 'none' ? '0s' : animationDuration, transitionDuration].map(parseFloat);
        }))`);
      await close();
      return seconds;
    };
    expect(await longest('no-preference')).toBe(0.6);
    expect(await longest('reduce')).toBe(0);
  });

  it('draw on paper in black, without buttons and without what only a screen needs', async () => {
    const { page, close } = await visit(browser());
    await open(page, served.address({ theme: 'dark' }));
    await page.emulateMedia({ media: 'print' });
    const colors = await page.evaluate(
      "['color', 'backgroundColor'].map((name) => getComputedStyle(document.documentElement)[name])",
    );
    expect(colors).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    expect(await page.locator('button:visible, nav:visible').count()).toBe(0);
    await close();
  });
});

/** Opens the page and waits for its last part: the one for a signature is loaded last. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (!address.includes('only=')) await page.locator('canvas').waitFor();
}

/** What a person would have to scroll sideways for. */
async function beyondTheWindow(page: Page): Promise<unknown> {
  return page.evaluate(`
    document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return right > window.innerWidth + 1 || left < -1;
      })
      .map((element) => element.outerHTML.slice(0, 80))`);
}
