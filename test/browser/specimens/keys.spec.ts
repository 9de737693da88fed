import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFindings } from '../axe.ts';
import { inChromium } from '../chromium.ts';
import { visit, type Visit, type VisitOptions } from '../visit.ts';
import { servedSpecimens, type ServedSpecimens } from './served-specimens.ts';
import { until } from './until.ts';

const iPhone: VisitOptions = {
  window: 'phone',
  hasTouch: true,
  isMobile: true,
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
};

inChromium('The specimens, by keyboard', (browser) => {
  let served: ServedSpecimens;
  let seen: Visit;
  beforeAll(async () => {
    served = await servedSpecimens();
  }, 240_000);
  afterAll(() => served.close());

  /** The page with one section, or all of them. */
  const opened = async (only: string | null, options: VisitOptions = {}): Promise<Page> => {
    seen = await visit(browser(), options);
    await seen.page.goto(served.address(only === null ? {} : { only }));
    await seen.page.getByRole('heading', { level: 1 }).waitFor();
    return seen.page;
  };
  const close = async (): Promise<void> => {
    expect(seen.complaints()).toEqual([]);
    await seen.close();
  };

  it('show where the focus is, at every stop of Tab', async () => {
    const page = await opened(null);
    await page.locator('canvas').waitFor();
    const stops: string[] = [];
    for (;;) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate<{ readonly name: string; readonly isSeen: boolean } | null>(focusSeen);
      if (stop === null) break;
      expect(stop).toMatchObject({ isSeen: true });
      stops.push(stop.name);
    }
    expect(stops.length).toBeGreaterThan(40);
    await close();
  });

  it('go from row to row by J, K and arrows, open one by Enter, and leave the list by Tab', async () => {
    const page = await opened('together');
    const row = (name: RegExp) => page.getByRole('link', { name });
    await row(/J\.M\./).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focused(page)).toMatch(/T\.K\./);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /T\.K\./ }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Acknowledge');
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toMatch(/T\.K\./);
    await page.keyboard.press('End');
    expect(await focused(page)).toMatch(/A\.O\./);
    await close();
  });

  it('walk a list of 5,000 rows of which few are drawn, and know their places', async () => {
    const page = await opened('long');
    await page.locator('[data-row-main]').first().focus();
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('j');
    expect(await focused(page)).toBe('KKKK-KK60');
    const places = await page.evaluate<string[]>(
      "['aria-posinset', 'aria-setsize'].map((name) => document.activeElement.closest('li').getAttribute(name))",
    );
    expect(places).toEqual(['21', '4960']);
    expect(await page.locator('[data-row]').count()).toBeLessThan(60);
    await page.keyboard.press('End');
    await until(page, "document.activeElement.textContent === 'KKKK-4999'");
    await page.keyboard.press('r');
    await page.getByText('r KKKK4999').waitFor();
    await page.evaluate('window.scrollTo(0, 0)');
    await page.getByText('KKKK-KKK0').waitFor();
    expect(await focused(page)).toBe('KKKK-4999');
    await close();
  });

  it('draw every row of a long list for paper, and few again afterwards', async () => {
    const page = await opened('long');
    await page.locator('[data-row]').first().waitFor();
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('[data-row]').count()).toBe(5000);
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('[data-row]').count()).toBeLessThan(60);
    await close();
  });

  it('keep the focus in a dialog, close it by Escape, and return to the button', async () => {
    const page = await opened('overlays');
    await page.getByRole('button', { name: 'Decline' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Decline' }).waitFor();
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate("document.activeElement.closest('[role=dialog]') !== null")).toBe(true);
    }
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Decline');
    await close();
  });

  it('close what asks before an end only by its own buttons', async () => {
    const page = await opened('overlays');
    await page.getByRole('button', { name: 'The person died' }).click();
    const alert = page.getByRole('alertdialog', { name: 'The person died' });
    await alert.waitFor();
    await page.mouse.click(5, 5);
    expect(await axeFindings(page)).toEqual([]);
    await alert.getByRole('button', { name: 'Cancel' }).click();
    await alert.waitFor({ state: 'detached' });
    await close();
  });

  it.each(['Decline', 'Filters', 'The person died'])(
    'open a dialog on an iPhone without a report: %s',
    async (name) => {
      const page = await opened('overlays', iPhone);
      await page.getByRole('button', { name }).tap();
      await page.locator('[role=dialog], [role=alertdialog]').waitFor();
      expect(await page.evaluate("document.querySelectorAll('style').length")).toBeGreaterThan(0);
      await close();
    },
  );

  it('choose from a menu by arrows and Enter, and pass what is not possible now', async () => {
    const page = await opened('overlays');
    await page.getByRole('button', { name: /^More/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /Pass on/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/Change the owner/);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/Pass on/);
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await close();
  });

  it('go from the error summary to each field that is wrong', async () => {
    const page = await opened(null);
    await page.locator('canvas').waitFor();
    await page.getByRole('region', { name: 'Notices and errors' }).getByRole('button', { name: 'Save' }).click();
    expect(await page.evaluate("document.activeElement.getAttribute('aria-labelledby')")).toBe('error-summary-title');
    for (const [message, field] of [
      ['Enter a name', 'name'],
      ['The month is between 1 and 12', 'birth-wrong'],
      ['Choose at least one need', 'needs-wrong'],
    ] as const) {
      await page.getByRole('link', { name: message }).click();
      expect(await page.evaluate(`document.getElementById('${field}').contains(document.activeElement)`)).toBe(true);
    }
    expect(await axeFindings(page)).toEqual([]);
    await close();
  });

  it('return the focus when the line with Undo goes', async () => {
    const page = await opened('overlays');
    await page.getByRole('button', { name: /^More/ }).focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/Undo/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('More');
    await close();
  });

  it('find an agency by a part of its name', async () => {
    const page = await opened('fields');
    await page.getByRole('combobox', { name: 'I know the agency' }).fill('lake');
    await page.getByRole('option', { name: 'Lakeside Counseling' }).waitFor();
    expect(await page.getByRole('option').count()).toBe(1);
    // the library hides the rest of the page from readers and leaves it focusable; Tab closes the list first
    expect(await axeFindings(page, { without: ['aria-hidden-focus'] })).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const value = await page.getByRole('combobox', { name: 'I know the agency' }).inputValue();
    expect(value).toBe('Lakeside Counseling');
    await close();
  });

  it('write dates in our language, whatever the language of the browser', async () => {
    const page = await opened('fields', { locale: 'de-DE' });
    await page.locator('canvas').waitFor();
    const parts = page.getByRole('group', { name: 'Leaves hospital' }).getByRole('spinbutton');
    expect(await parts.allTextContents()).toEqual(['12', '4', '2026']);
    await parts.first().focus();
    await page.keyboard.type('1');
    await page.keyboard.press('ArrowUp');
    expect(await parts.first().textContent()).toBe('2');
    await close();
  });

  it('keep what is typed off the disk: no field lets the browser remember it', async () => {
    const page = await opened(null);
    await page.locator('canvas').waitFor();
    const kept = await page.evaluate(`
      [...document.querySelectorAll('input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select')]
        .filter((field) => field.checkVisibility() && field.getAttribute('autocomplete') !== 'off')
        .map((field) => field.outerHTML.slice(0, 80))`);
    expect(kept).toEqual([]);
    await close();
  });

  it('take a signature by pen, and give the paper back when it is cleared', async () => {
    const page = await opened('fields');
    const paper = page.locator('canvas');
    await paper.scrollIntoViewIfNeeded();
    const box = await paper.boundingBox();
    const picture = (): Promise<unknown> => page.evaluate("document.querySelector('canvas').toDataURL()");
    const blank = await picture();
    await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 40);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 160, (box?.y ?? 0) + 90, { steps: 8 });
    await page.mouse.up();
    expect(await picture()).not.toBe(blank);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await picture()).toBe(blank);
    await close();
  });
});

/** The words of what has the focus. */
async function focused(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const copy = document.activeElement.cloneNode(true);
    for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
    return copy.textContent;
  })()`);
}

/** Null once the focus has left the page; else whether an outline is drawn at it, at its box or around its field. */
const focusSeen = `(() => {
  const element = document.activeElement;
  if (element === document.body || element === null) return null;
  const around = [element, element.closest('label')?.querySelector('svg'), element.closest('label'),
    element.closest('[data-focus-within]'), element.closest('[data-row]')];
  const isSeen = around.some((each) => each && getComputedStyle(each).outlineStyle !== 'none' &&
    parseFloat(getComputedStyle(each).outlineWidth) >= 2);
  return { name: element.outerHTML.slice(0, 120), isSeen };
})()`;
