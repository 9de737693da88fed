import { hkdfSync, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { rotatedTo, signingKeysFrom, type SigningKeys } from './signing-key.ts';

/** What must stay secret: made at the first start, or given by the environment (contract.md §6.1). */
export interface Secrets extends SigningKeys {
  /** The passwords of the roles `<service>_owner` and `<service>_app`, by service. */
  readonly rolePasswords: Readonly<Record<string, { readonly owner: string; readonly app: string }>>;
  /** By client id of a system-client: `referrals`, `notifications`, `st-brigid-ehr`. */
  readonly clientSecrets: Readonly<Record<string, string>>;
  readonly cookieKeys: readonly string[];
  /** Only identity needs it: each person's draft key is derived from it, so it does not change with the other keys. */
  readonly draftSecret: string;
}

/** Returns 32 bytes for a purpose. */
type Source = (purpose: string) => Buffer;

const random: Source = () => randomBytes(32);

const firstKey = 1;

/** New secrets for these services and system-clients. */
export function makeSecrets(services: readonly string[], clients: readonly string[]): Secrets {
  return secretsFrom(random, services, clients, firstKey);
}

/** The same secrets from the same text (32 characters or more), in every process that knows it and the key's number. */
export function derivedSecrets(
  text: string,
  services: readonly string[],
  clients: readonly string[],
  keyNumber: number = firstKey,
): Secrets {
  const derive: Source = (purpose) => Buffer.from(hkdfSync('sha256', text, 'closed-loop-referrals', purpose, 32));
  return secretsFrom(derive, services, clients, keyNumber);
}

/**
 * The secrets stored in a file of mode 0600. Missing ones are made and the file is written as a whole. A key number above
 * the stored one rotates the signing key.
 */
export async function keptSecrets(
  file: string,
  services: readonly string[],
  clients: readonly string[],
  keyNumber: number = firstKey,
): Promise<Secrets> {
  const kept = await readSecrets(file);
  const made = makeSecrets(services, clients);
  const keys = kept?.signingKey ? kept : { signingKey: made.signingKey, signingKeyNumber: keyNumber };
  const secrets: Secrets = {
    rolePasswords: { ...made.rolePasswords, ...kept?.rolePasswords },
    clientSecrets: { ...made.clientSecrets, ...kept?.clientSecrets },
    ...rotatedTo(keyNumber, keys, made.signingKey),
    cookieKeys: kept?.cookieKeys ?? made.cookieKeys,
    draftSecret: kept?.draftSecret ?? made.draftSecret,
  };
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) await writeSecrets(file, secrets);
  return secrets;
}

function secretsFrom(
  source: Source,
  services: readonly string[],
  clients: readonly string[],
  keyNumber: number,
): Secrets {
  const word = (purpose: string): string => source(purpose).toString('base64url');
  return {
    rolePasswords: Object.fromEntries(
      services.map((name) => [name, { owner: word(`role/${name}/owner`), app: word(`role/${name}/app`) }]),
    ),
    clientSecrets: Object.fromEntries(clients.map((id) => [id, word(`client/${id}`)])),
    ...signingKeysFrom(source, keyNumber),
    cookieKeys: [word('cookie/1')],
    draftSecret: word('drafts'),
  };
}

async function readSecrets(file: string): Promise<Secrets | undefined> {
  const text = await readText(file);
  if (text === undefined) return undefined;
  const secrets = parsed(text);
  // not the parser's own message, which quotes the file
  if (secrets === undefined) throw new Error(`the secrets in ${file} cannot be read`);
  return secrets;
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parsed(text: string): Secrets | undefined {
  try {
    return JSON.parse(text) as Secrets;
  } catch {
    return undefined;
  }
}

async function writeSecrets(file: string, secrets: Secrets): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await chmod(beside, 0o600);
  await rename(beside, file);
}
