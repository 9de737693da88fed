import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** A running platform as its users reach it: one address, or one for each service. */
export interface Deployment {
  /** The base address for a path, without a trailing slash. */
  readonly baseOf: (path: string) => string;
  /** Its people repeat requests that got 503 or were cut off, a command under its own key, as the web application does. */
  readonly patient?: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** JSON if there is a body. */
  readonly body: unknown;
  readonly text: string;
  readonly etag: string | null;
  readonly position: string | null;
}

const repeatAfterMs = 250;
const mostRepeats = 240;

/** One person at work: uses a demo sign-in and plain HTTP, as the web application does. */
export class Person {
  private token: string | undefined;

  constructor(
    private readonly deployment: Deployment,
    readonly login: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.ok<T>('GET', path);
  }

  /** Sends a command with its own Idempotency-Key; expects a 2xx. */
  post<T>(path: string, body: unknown, ifMatch?: number): Promise<T> {
    return this.ok<T>('POST', path, body, ifMatch);
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await this.send(path, {
      method,
      headers: {
        authorization: `Bearer ${await this.signIn()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body:
        text === '' || !(response.headers.get('content-type') ?? '').includes('json') ? undefined : JSON.parse(text),
      etag: response.headers.get('etag'),
      position: response.headers.get('position'),
    };
  }

  command(method: string, path: string, body: unknown, ifMatch?: number, key: string = randomUUID()): Promise<Reply> {
    return this.ask(method, path, body, {
      'idempotency-key': key,
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    });
  }

  /** As a client sends a command: where it is answered 503, again with the same key once Retry-After has passed. */
  async commandUntilTaken(path: string, body: unknown, ifMatch: number): Promise<Reply> {
    const key = randomUUID();
    for (;;) {
      const reply = await this.command('POST', path, body, ifMatch, key);
      if (reply.status !== 503) return reply;
      await pause(Number(reply.headers.get('retry-after')) * 1000);
    }
  }

  private async ok<T>(method: string, path: string, body?: unknown, ifMatch?: number): Promise<T> {
    const reply = method === 'GET' ? await this.ask(method, path) : await this.command(method, path, body, ifMatch);
    if (reply.status >= 300) throw new Error(`${this.login} ${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body as T;
  }

  /** The token of the demo sign-in, requested once. */
  async signIn(): Promise<string> {
    if (this.token !== undefined) return this.token;
    const path = '/api/identity/demo-tokens';
    const response = await this.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: this.login }),
    });
    if (!response.ok) throw new Error(`${this.login} cannot sign in: ${response.status} ${await response.text()}`);
    this.token = ((await response.json()) as { access_token: string }).access_token;
    return this.token;
  }

  private async send(path: string, request: RequestInit): Promise<Response> {
    const url = `${this.deployment.baseOf(path)}${path}`;
    for (let repeats = 0; ; repeats += 1) {
      try {
        const response = await fetch(url, request);
        const text = await response.text();
        const whole = new Response(text === '' ? null : text, response);
        if (response.status !== 503 || this.deployment.patient !== true || repeats === mostRepeats) return whole;
      } catch (error) {
        if (this.deployment.patient !== true || repeats === mostRepeats) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, repeatAfterMs));
    }
  }
}

/** Reads until the expected value appears: between services everything is eventual. Fails with the last value read. */
export async function until<T>(read: () => Promise<T>, expected: (value: T) => boolean, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (expected(value)) return value;
    if (Date.now() > end)
      throw new Error(`not within ${seconds} s; last read: ${JSON.stringify(value).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
