import { randomUUID } from 'node:crypto';
import { CommandError } from '../setup/words.mjs';

/** One person at work: uses a demo sign-in and plain HTTP, as the web application does. */
export class Person {
  #address;
  #token;
  /** The position of the last command: reads that take `?after=` then contain it. */
  position;

  /**
   * @param {string} address of the platform
   * @param {{ login: string, displayName: string, organizationName: string, organizationId?: string, roles?: readonly string[] }} person
   * @param {string} [token] if it was given from outside: then no demo sign-in is needed
   */
  constructor(address, { login, displayName, organizationId, organizationName, roles }, token) {
    this.#address = address;
    this.#token = token;
    this.login = login;
    this.displayName = displayName;
    this.organizationId = organizationId;
    this.organizationName = organizationName;
    this.roles = roles;
  }

  get name() {
    return `${this.displayName} (${this.organizationName})`;
  }

  /**
   * @param {string} path
   * @param {{ after?: string }} options
   */
  async get(path, { after } = {}) {
    const query = after === undefined ? '' : `${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`;
    return (await this.ask('GET', `${path}${query}`)).body;
  }

  /** A command with a key, so that sending it twice does it once, and with the version that was read. */
  async command(path, body, ifMatch) {
    const { body: answer, headers } = await this.ask('POST', path, body, {
      'idempotency-key': randomUUID(),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    });
    this.position = headers.get('position') ?? this.position;
    return answer;
  }

  async ask(method, path, body, headers = {}) {
    this.#token ??= await this.#signIn();
    const answer = await fetch(`${this.#address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new CommandError(`${this.name}, ${method} ${path}: ${answer.status}\n${text}`);
    return { body: text === '' ? undefined : JSON.parse(text), headers: answer.headers };
  }

  async #signIn() {
    const answer = await fetch(`${this.#address}/api/identity/demo-tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: this.login }),
    });
    if (!answer.ok) throw new CommandError(`${this.login} cannot sign in: ${answer.status}\n${await answer.text()}`);
    const { access_token: token } = /** @type {{ access_token: string }} */ (await answer.json());
    return token;
  }
}

const PATIENCE_MS = 30_000;

/** Reads again until the expected value appears: other services show a change a moment later. */
export async function until(what, read, awaited) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (awaited(value)) return value;
    if (Date.now() > end) throw new CommandError(`Waited ${PATIENCE_MS / 1000} s in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
