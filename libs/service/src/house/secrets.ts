/** What must not be known outside: made at the first start, or given by the environment (contract.md §6.1). */
export interface Secrets {
  /** By service: the passwords of the roles `<service>_owner` and `<service>_app`. */
  readonly rolePasswords: Readonly<Record<string, { readonly owner: string; readonly app: string }>>;
  /** By client id of a system-client: `referrals`, `notifications`, `st-brigid-ehr`. */
  readonly clientSecrets: Readonly<Record<string, string>>;
  /** The issuer's private ES256 key as JWK; identity alone needs it. */
  readonly signingKey: Readonly<Record<string, unknown>> | null;
  readonly cookieKeys: readonly string[];
}

/** Fresh secrets for these services and system-clients. */
export function makeSecrets(_services: readonly string[], _clients: readonly string[]): Promise<Secrets> {
  throw new Error('not built yet');
}

/** The secrets kept in a file of mode 0600; those that are missing are made and written. */
export function keptSecrets(
  _file: string,
  _services: readonly string[],
  _clients: readonly string[],
): Promise<Secrets> {
  throw new Error('not built yet');
}
