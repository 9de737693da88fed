import type { LogLevel } from '#service';

/** What the platform is told by the environment (.env.example names every variable). */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** The address that people and tokens name, where it is not `http://localhost:<port>`. */
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  /** An administrator's address of a PostgreSQL of one's own; else the embedded one runs in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly brokers: readonly string[];
  readonly secret: string | undefined;
  readonly demo: boolean;
  readonly logLevel: LogLevel;
}

/** All faults at once, each naming its variable; values are never printed, as some are secret. */
export class WrongSettings extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The environment is not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];
const SECRET_LENGTH = 32;

/** Reads and checks the environment. Throws {@link WrongSettings}. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = [];
  const given = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const checked = <T>(name: string, needed: string, read: (text: string) => T | undefined): T | undefined => {
    const text = given(name);
    const value = text === undefined ? undefined : read(text);
    if (text !== undefined && value === undefined) faults.push(`${name} must be ${needed}`);
    return value;
  };
  const databaseUrl = checked('DATABASE_URL', 'a postgres:// address', (text) =>
    addressOf(text, ['postgres:', 'postgresql:']),
  );
  const secret = checked('PLATFORM_SECRET', `${SECRET_LENGTH} characters or more`, (text) =>
    text.length >= SECRET_LENGTH ? text : undefined,
  );
  if (databaseUrl !== undefined && secret === undefined && given('PLATFORM_SECRET') === undefined) {
    faults.push(
      `PLATFORM_SECRET is needed with DATABASE_URL: ${SECRET_LENGTH} characters or more, the same at every start and in ` +
        'every process (for example from `openssl rand -hex 32`)',
    );
  }
  const settings: Settings = {
    host: given('HOST') ?? '127.0.0.1',
    port: checked('PORT', 'a number from 1 to 65535', portOf) ?? 3000,
    publicUrl: checked('PUBLIC_URL', 'an http:// or https:// address', (text) =>
      addressOf(text, ['http:', 'https:'])?.replace(/\/+$/, ''),
    ),
    dataDir: given('DATA_DIR') ?? '.data',
    databaseUrl,
    brokers: checked('KAFKA_BROKERS', 'host:port, several separated by commas', brokersOf) ?? [],
    secret,
    demo:
      checked('DEMO', '1 or 0', (text) => (/^[01]$/.test(text) ? text === '1' : undefined)) ??
      databaseUrl === undefined,
    logLevel:
      checked('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`, (text) => LOG_LEVELS.find((level) => level === text)) ??
      'warn',
  };
  if (faults.length > 0) throw new WrongSettings(faults);
  return settings;
}

function addressOf(text: string, protocols: readonly string[]): string | undefined {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : undefined;
}

function portOf(text: string): number | undefined {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

function brokersOf(text: string): readonly string[] | undefined {
  const brokers = text.split(',').map((each) => each.trim());
  return brokers.every((each) => /^[^\s:]+:\d+$/.test(each)) ? brokers : undefined;
}
