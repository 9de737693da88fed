import type { SessionTokenView } from '#contracts';
import { Browser, type Seen } from './browser.ts';

/** What a page of the web application sends with every request for its session. */
export const pageHeaders = {
  'content-type': 'application/json',
  'x-session': '1',
  'sec-fetch-site': 'same-origin',
} as const;

type Headers = Readonly<Record<string, string>>;

/** The web application in one seat of a browser: it signs in by links and asks for tokens, and knows no secret. */
export class Seat {
  constructor(
    readonly base: string,
    readonly number = 0,
    readonly browser = seatBrowser(base),
  ) {}

  /** The same seat in another tab, or another seat of the same browser. */
  beside(number = this.number): Seat {
    return new Seat(this.base, number, this.browser);
  }

  /** Opens the link; ends on `/inbox`, on `/sign-in`, or on a page of the issuer. */
  begin(asked: Readonly<Record<string, string>> = {}): Promise<Seen> {
    return this.browser.open(`${this.address}/new?${new URLSearchParams({ to: '/inbox', ...asked })}`);
  }

  /** In demo mode, with one click. */
  signIn(login: string): Promise<Seen> {
    return this.begin({ login_hint: login });
  }

  ask(what: 'token' | 'end', headers: Headers = pageHeaders, body: object = {}): Promise<Response> {
    return this.browser.send(`${this.address}/${what}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Throws if there is no session. `used`: by default somebody works. */
  async token(used = true): Promise<SessionTokenView> {
    const answer = await this.ask('token', pageHeaders, { used });
    if (answer.status !== 200) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as SessionTokenView;
  }

  async status(): Promise<number> {
    return (await this.ask('token')).status;
  }

  /** The secret of the session, which only the browser has. */
  get secret(): string {
    return this.browser.cookie(`session-${this.number}`) ?? '';
  }

  private get address(): string {
    return `${this.base}/api/identity/sessions/${this.number}`;
  }
}

/** A browser that stops where the web application begins. */
function seatBrowser(base: string): Browser {
  return new Browser([`${base}/inbox`, `${base}/sign-in`]);
}
