/** The browser's current address, and what it shows. */
export interface Seen {
  readonly url: URL;
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/**
 * A browser without JavaScript: it keeps cookies by path, follows redirects, and stops before an address that begins with
 * one of `stopAt` (the application's).
 */
export class Browser {
  constructor(
    private readonly stopAt: readonly string[],
    private readonly jar: { cookies: readonly Cookie[] } = { cookies: [] },
  ) {}

  /** The same browser, with the same cookies, that stops before another address. */
  stoppingAt(...addresses: readonly string[]): Browser {
    return new Browser(addresses, this.jar);
  }

  open(url: URL | string): Promise<Seen> {
    return this.go(new URL(url), { method: 'GET' });
  }

  /** Submits a page's form to the page's own address. */
  submit(page: Seen, fields: Readonly<Record<string, string>>, action: URL | string = page.url): Promise<Seen> {
    return this.go(new URL(action, page.url), { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** A request of a page's script: with the cookies of that address, and not redirected. */
  async send(url: URL | string, request: RequestInit): Promise<Response> {
    const to = new URL(url);
    const answer = await fetch(to, {
      ...request,
      redirect: 'manual',
      headers: { ...(request.headers as Readonly<Record<string, string>>), ...this.sent(to) },
    });
    for (const line of answer.headers.getSetCookie()) this.keep(line, to);
    return answer;
  }

  /** The value of a cookie, by its name. */
  cookie(name: string): string | undefined {
    return this.jar.cookies.find((each) => each.name === name)?.value;
  }

  forgetCookies(): void {
    this.jar.cookies = [];
  }

  private async go(url: URL, request: RequestInit): Promise<Seen> {
    const answer = await this.send(url, { ...request, headers: { accept: 'text/html' } });
    const text = await answer.text();
    const location = answer.headers.get('location');
    const seen = { url, status: answer.status, type: answer.headers.get('content-type') ?? '', text };
    if (answer.status < 300 || answer.status > 399 || location === null) return seen;
    const next = new URL(location, url);
    if (this.stopAt.some((each) => next.href.startsWith(each))) return { ...seen, url: next };
    return this.go(next, { method: 'GET' });
  }

  private sent(url: URL): Readonly<Record<string, string>> {
    const fitting = this.jar.cookies.filter(({ path }) => url.pathname.startsWith(path));
    return fitting.length === 0 ? {} : { cookie: fitting.map(({ name, value }) => `${name}=${value}`).join('; ') };
  }

  private keep(line: string, url: URL): void {
    const [pair = '', ...attributes] = line.split(/; */);
    const at = pair.indexOf('=');
    const attribute = (name: string): string | undefined =>
      attributes.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), path: attribute('path') ?? url.pathname };
    const others = this.jar.cookies.filter(({ name, path }) => name !== cookie.name || path !== cookie.path);
    const isGone = Date.parse(attribute('expires') ?? '') === 0 || cookie.value === '';
    this.jar.cookies = isGone ? others : [...others, cookie];
  }
}
