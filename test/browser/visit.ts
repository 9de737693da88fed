import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the console says (violations of the content policy too), uncaught errors, and requests that failed. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

const windows = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 360, height: 740 },
} as const;

export interface VisitOptions extends BrowserContextOptions {
  readonly window?: keyof typeof windows;
}

/** A context of its own, as a person's browser: no cookie and no storage of another visit. */
export async function visit(browser: Browser, { window = 'desktop', ...options }: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: windows[window], locale: 'en-US', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  return { context, page, complaints: () => complaints, close: () => context.close() };
}
