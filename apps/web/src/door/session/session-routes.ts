import { post } from '../http/route.ts';

/** `expires_in` in seconds; `idleAt` and `endsAt` are instants, `draftKey` is 32 bytes in base64url. */
export interface SessionToken {
  readonly access_token: string;
  readonly expires_in: number;
  readonly idleAt?: string | null;
  readonly endsAt?: string | null;
  readonly draftKey?: string;
}

type Nothing = Readonly<Record<never, never>>;

/** The routes that take the session's cookie. */
export const sessionRoutes = {
  token: post('/api/identity/sessions/:seat/token').takes<Nothing, SessionToken>(),
  end: post('/api/identity/sessions/:seat/end').takes<Nothing, null>(),
} as const;
