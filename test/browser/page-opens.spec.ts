import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { axeFindings } from './axe.ts';
import { inChromium } from './chromium.ts';
import { servedWithoutApi, type Served } from './served.ts';
import { visit, type VisitOptions } from './visit.ts';

inChromium('the checks of a page', (browser) => {
  it('find what a page does wrong: contrast, a picture and a field without words', async () => {
    const { page, close } = await visit(browser());
    await page.setContent(
      '<html lang="en"><title>x</title><p style="color:#ccc;background:#fff">pale</p><img src="data:,"><input></html>',
    );
    const rules = (await axeFindings(page)).map((finding) => finding.split(':')[0]);
    expect(rules.sort()).toEqual(['color-contrast', 'image-alt', 'label']);
    await close();
  });
});

inChromium('the web application, built and served by the front door', (browser) => {
  let served: Served;
  beforeAll(async () => {
    served = await servedWithoutApi();
  }, 240_000);
  afterAll(() => served.close());

  it('is checked under the strict policy: what is inline is reported', async () => {
    const { page, complaints, close } = await visit(browser());
    await page.goto(served.address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(`
      document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }));
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "x"' }));
    `);
    expect(complaints().join('\n')).toMatch(/inline style violates/);
    expect(complaints().join('\n')).toMatch(/inline script violates/);
    await close();
  });

  const looks: readonly VisitOptions[] = (['desktop', 'phone'] as const).flatMap((window) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      ['en-US', 'es-US'].map((locale) => ({ window, colorScheme, locale })),
    ),
  );

  it.each(looks)(
    'opens without a complaint and without a finding of axe: $window, $colorScheme, $locale',
    async (look) => {
      const { page, complaints, close } = await visit(browser(), look);
      await page.goto(`${served.address}/sign-in`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('document.documentElement.lang')).toBe(look.locale?.slice(0, 2));
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        page.viewportSize()?.width ?? 0,
      );
      expect(complaints()).toEqual([]);
      await close();
    },
  );

  it('leads the first Tab past the frame to the content', async () => {
    const { page, close } = await visit(browser());
    await page.goto(served.address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('MAIN');
    expect(new URL(page.url()).hash).toBe('');
    await close();
  });

  it('says that a new version is here where the code of a screen is gone, and loses nothing else', async () => {
    const { page, close } = await visit(browser());
    await page.route(/sign-in\.screen/, (route) => route.fulfill({ status: 404 }));
    await page.goto(`${served.address}/sign-in`);
    await page.getByRole('heading', { name: 'A new version is here' }).waitFor();
    await page.getByRole('link', { name: 'Closed-loop referrals' }).waitFor();
    await page.unroute(/sign-in\.screen/);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await close();
  });
});
