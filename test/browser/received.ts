import type { Page } from 'playwright-core';

export interface Received {
  readonly path: string;
  /** With headers, as compressed as it came. */
  readonly bytes: number;
}

/** Counts what the page receives from now on, without answers of the API; call the result for what has come so far. */
export async function countReceived(page: Page): Promise<() => readonly Received[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const paths = new Map<string, string>();
  const received: Received[] = [];
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith('http')) paths.set(requestId, new URL(request.url).pathname);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    if (path !== undefined && !path.startsWith('/api/')) received.push({ path, bytes: encodedDataLength });
  });
  return () => received;
}

/** What the application loads when it has nothing else to do is never loaded. Call it before the page is opened. */
export async function loadNothingIdle(page: Page): Promise<void> {
  await page.addInitScript('window.requestIdleCallback = () => 0');
}
