import { randomUUID } from 'node:crypto';
import type { Line } from './line.ts';
import type { Scene } from './scene.ts';

const notFound =
  '{"type":"urn:problem:not-found","title":"Not found","status":404,"detail":"There is nothing here for you."}';

/** The parts of an OpenAPI operation that the matrix needs. */
export interface Operation {
  readonly security: readonly unknown[];
  readonly parameters: readonly { readonly name: string; readonly schema: { readonly enum?: readonly string[] } }[];
}

/** Sends the entry's request with this token, or none, and names the answer in one word. */
export async function answered(
  asked: { readonly line: Line; readonly operation: Operation; readonly scene: Scene; readonly baseUrl: string },
  token: string | undefined,
): Promise<string> {
  const { line, operation, scene, baseUrl } = asked;
  const [method = '', path = ''] = line.route.split(' ');
  const body = line.body?.(scene);
  const url = `${filled(path.replace('{id}', `{${line.id ?? 'id'}}`).replace('{action}', line.action ?? ''), scene)}${filled(line.query ?? '', scene)}`;
  const response = await fetch(`${baseUrl}${url}`, {
    method,
    // a route that sends the browser elsewhere has answered
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
      // This version never exists: a request that passes authorization and is legal gets 412, and nothing changes.
      ...(operation.parameters.some((each) => each.name === 'If-Match') ? { 'if-match': '"999999999"' } : {}),
      ...line.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await response.body?.cancel();
    return 'ok';
  }
  return wordFor(response.status, await response.text());
}

function filled(text: string, scene: Scene): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = scene[name];
    if (value === undefined) throw new Error(`the scene has no ${name}`);
    return value;
  });
}

function wordFor(status: number, text: string): string {
  if ([204, 302, 303].includes(status)) return 'ok';
  const { type, items, categories } = JSON.parse(text) as {
    readonly type?: string;
    readonly items?: readonly unknown[];
    readonly categories?: readonly { readonly allowed?: boolean }[];
  };
  const problem = `${status} ${type ?? ''}`;
  if (problem === '401 urn:problem:unauthenticated') return '401';
  if (problem === '403 urn:problem:role') return '403';
  if (problem === '403 urn:problem:foreign-origin') return 'forged';
  if (text === notFound) return '404';
  if (problem === '400 urn:problem:invalid') return 'form';
  if (problem === '409 urn:problem:illegal-move') return 'no';
  if (problem === '409 urn:problem:guard') return 'fact';
  if (problem === '412 urn:problem:stale') return 'may';
  if (status >= 300) return `${status} ${text}`;
  const decided = categories?.some((each) => typeof each === 'object' && each.allowed === false) === true;
  return items?.length === 0 || decided ? 'none' : 'ok';
}
