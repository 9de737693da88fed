import type { Clock } from '#events';
import { currentRequest } from '../context/request-context.ts';

/** The peer, or the issuer of our token, is unavailable, slow or overloaded: try again later, with back-off. */
export class PeerUnavailable extends Error {}

/** The peer answered 4xx: repeating the request will not help. `code` is the code of its problem. */
export class PeerRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`the peer answered ${status} ${code}`);
  }
}

export interface PeersParts {
  readonly clientId: string;
  /** Undefined for a service that is not a system-client: its calls are refused before they are sent. */
  readonly clientSecret: string | undefined;
  readonly issuerUrl: () => string;
  /** The internal address of our own issuer; by default its discovery document says where tokens are issued. */
  readonly issuerInsideUrl?: () => string;
  readonly peersUrl: () => string;
  readonly clock: Clock;
}

const answerWithinMs = 5000;
const renewBeforeMs = 60_000;

/**
 * Calls published routes of other services, as this service's own system-client (contract.md §6.3). Never call it inside
 * a transaction: a peer may take 5 s to answer (architecture.md §3).
 */
export class Peers {
  private token: { readonly text: string; readonly renewAt: number } | undefined;

  constructor(private readonly parts: PeersParts) {}

  /** `path` such as `/api/directory/candidates`. Throws {@link PeerUnavailable} and {@link PeerRefused}. */
  post<T>(path: string, body: unknown): Promise<T> {
    return this.ask<T>(path, { method: 'POST', body: JSON.stringify(body) });
  }

  get<T>(path: string): Promise<T> {
    return this.ask<T>(path, { method: 'GET' });
  }

  private async ask<T>(path: string, request: RequestInit): Promise<T> {
    const first = await this.send(path, request);
    if (first.status !== 401) return read<T>(first);
    // the issuer may have changed its keys since our token was issued
    this.token = undefined;
    return read<T>(await this.send(path, request));
  }

  private async send(path: string, request: RequestInit): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${await this.tokenText()}` };
    const correlationId = currentRequest()?.request.correlationId;
    if (correlationId !== undefined) headers['x-correlation-id'] = correlationId;
    if (request.body !== undefined) headers['content-type'] = 'application/json';
    return fetched(`${this.parts.peersUrl()}${path}`, { ...request, headers });
  }

  private async tokenText(): Promise<string> {
    const now = Date.parse(this.parts.clock.now());
    if (this.token !== undefined && now < this.token.renewAt) return this.token.text;
    const given = await this.askForToken();
    this.token = { text: given.access_token, renewAt: now + given.expires_in * 1000 - renewBeforeMs };
    return this.token.text;
  }

  private async askForToken(): Promise<{ readonly access_token: string; readonly expires_in: number }> {
    const { clientId, clientSecret } = this.parts;
    if (clientSecret === undefined) throw new Error(`${clientId} has no secret to ask for a token with`);
    const answer = await fetched(await this.tokenEndpoint(), {
      method: 'POST',
      headers: { authorization: basic(clientId, clientSecret) },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return read(answer);
  }

  private async tokenEndpoint(): Promise<string> {
    const { issuerUrl, issuerInsideUrl } = this.parts;
    if (issuerInsideUrl !== undefined) return `${issuerInsideUrl()}/oidc/token`;
    const discovery = await fetched(`${issuerUrl()}/.well-known/openid-configuration`, {});
    const { token_endpoint: endpoint } = await read<{ readonly token_endpoint: string }>(discovery);
    return endpoint;
  }
}

// RFC 6749 §2.3.1: both halves are form-encoded before they are joined
function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
}

async function fetched(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(answerWithinMs) });
  } catch (error) {
    throw new PeerUnavailable('no answer', { cause: error });
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.status >= 500 || answer.status === 429) {
    await answer.body?.cancel();
    throw new PeerUnavailable(`the peer answered ${answer.status}`);
  }
  try {
    if (answer.ok) return (await answer.json()) as T;
  } catch (error) {
    throw new PeerUnavailable('the answer was cut off', { cause: error });
  }
  throw new PeerRefused(answer.status, await codeOf(answer));
}

async function codeOf(answer: Response): Promise<string> {
  try {
    const { type } = (await answer.json()) as { readonly type?: unknown };
    return typeof type === 'string' ? type.replace('urn:problem:', '') : 'unknown';
  } catch {
    return 'unknown';
  }
}
