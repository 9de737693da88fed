import { randomBytes } from 'node:crypto';
import { derivedKey, seal, unseal } from './sealed-text.ts';

/** The tokens of a session, as they are sealed in its row. */
export interface HeldTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/**
 * The value of a session's cookie, and what follows from it: the id of the row, and the key of what the row holds. The
 * database knows neither the value nor the key, so a copy of the table opens nothing.
 */
export class SessionSecret {
  readonly idHash: string;
  private readonly key: Buffer;

  constructor(readonly value: string) {
    this.idHash = derivedKey(value, 'id of the session').toString('base64url');
    this.key = derivedKey(value, 'tokens of the session');
  }

  static random(): SessionSecret {
    return new SessionSecret(randomBytes(32).toString('base64url'));
  }

  seal(tokens: HeldTokens): string {
    return seal(this.key, JSON.stringify(tokens), this.idHash);
  }

  /** Throws for a row that somebody has changed. */
  open(sealed: string): HeldTokens {
    const text = unseal(this.key, sealed, this.idHash);
    if (text === undefined) throw new Error('a session holds what was not sealed for it');
    return JSON.parse(text) as HeldTokens;
  }
}

/** The key that encrypts a person's drafts in the browser, in base64url: the same on every device, stored nowhere. */
export function draftKeyOf(draftSecret: string, personId: string): string {
  return derivedKey(draftSecret, `drafts of ${personId}`).toString('base64url');
}
