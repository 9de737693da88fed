import { createHash, timingSafeEqual } from 'node:crypto';

/** What a program says of itself at the token endpoint (RFC 6749 §2.3.1). */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly byHeader: boolean;
}

/** From the `Authorization: Basic` header, or from the form. Undefined where neither is there, or both are. */
export function credentialsOf(
  authorization: string | undefined,
  form: Readonly<Record<string, unknown>>,
): ClientCredentials | undefined {
  const { client_id: clientId, client_secret: clientSecret } = form;
  const inForm = typeof clientId === 'string' && typeof clientSecret === 'string';
  if (authorization !== undefined) return inForm ? undefined : ofHeader(authorization);
  return inForm ? { clientId, clientSecret, byHeader: false } : undefined;
}

/** Compared by digest, so that the time it takes tells neither the length nor a first difference. */
export function isSecret(given: string, kept: string | undefined): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(given), digest(kept ?? '')) && kept !== undefined && kept !== '';
}

function ofHeader(authorization: string): ClientCredentials | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const parts = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8'));
  const clientId = decoded(parts?.[1]);
  const clientSecret = decoded(parts?.[2]);
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return { clientId, clientSecret, byHeader: true };
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
