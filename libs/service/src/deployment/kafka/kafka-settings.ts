import { readFileSync } from 'node:fs';
import type { KafkaLogin, KafkaSecurity } from '#events';
import { ConfigFault } from '../../config/read-config.ts';
import type { TransportSettings } from '../transport.ts';
import type { KafkaConfig } from './kafka-config.ts';

/** Reads a file that a setting names; throws if it cannot. */
export type ReadText = (path: string) => string;

type KafkaSettings = Pick<TransportSettings, 'brokers' | 'prefix' | 'security'>;

/**
 * The Kafka part of the settings, with its files read. Throws one {@link ConfigFault} with everything that does not fit
 * together; it never shows a path or the content of a file.
 */
export function kafkaSettings(
  config: KafkaConfig,
  services: readonly string[],
  readText: ReadText = (path) => readFileSync(path, 'utf8'),
): KafkaSettings {
  const files = new Files(config, readText);
  const security = { ...tlsOf(config, files), ...saslOf(config, services, files) };
  if (files.faults.length > 0) throw new ConfigFault(files.faults);
  return {
    brokers: config.KAFKA_BROKERS?.split(',') ?? [],
    ...(config.KAFKA_PREFIX === undefined ? {} : { prefix: config.KAFKA_PREFIX }),
    ...(Object.keys(security).length === 0 ? {} : { security }),
  };
}

type Named = 'KAFKA_SSL_CA' | 'KAFKA_SSL_CERT' | 'KAFKA_SSL_KEY' | 'KAFKA_CREDENTIALS_FILE';

class Files {
  readonly faults: string[] = [];

  constructor(
    private readonly config: KafkaConfig,
    private readonly readText: ReadText,
  ) {}

  /** Undefined if none is named, or if the file cannot be read, which is reported as a fault. */
  text(name: Named): string | undefined {
    const path = this.config[name];
    if (path === undefined) return undefined;
    try {
      return this.readText(path);
    } catch {
      this.faults.push(`${name} must name a file that can be read`);
      return undefined;
    }
  }
}

function tlsOf(config: KafkaConfig, files: Files): Pick<KafkaSecurity, 'tls'> {
  const named = (['KAFKA_SSL_CA', 'KAFKA_SSL_CERT', 'KAFKA_SSL_KEY'] as const).filter(
    (each) => config[each] !== undefined,
  );
  if (!config.KAFKA_SSL) {
    named.forEach((name) => files.faults.push(`KAFKA_SSL must be 1 if ${name} is given`));
    return {};
  }
  const [ca, cert, key] = [files.text('KAFKA_SSL_CA'), files.text('KAFKA_SSL_CERT'), files.text('KAFKA_SSL_KEY')];
  return {
    tls: {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    },
  };
}

function saslOf(config: KafkaConfig, services: readonly string[], files: Files): Pick<KafkaSecurity, 'sasl'> {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = config;
  if (mechanism === undefined) {
    for (const name of ['KAFKA_USERNAME', 'KAFKA_CREDENTIALS_FILE'] as const) {
      if (config[name] !== undefined) files.faults.push(`KAFKA_SASL_MECHANISM is required with ${name}`);
    }
    return {};
  }
  const text = files.text('KAFKA_CREDENTIALS_FILE');
  const logins = text === undefined ? {} : loginsIn(text);
  const common = username === undefined || password === undefined ? undefined : { username, password };
  const lacking = services.filter((service) => logins?.[service] === undefined && common === undefined);
  if (logins === undefined) {
    files.faults.push(
      'KAFKA_CREDENTIALS_FILE must be JSON: {"<service>": {"username": "...", "password": "..."}, ...}',
    );
  } else if (lacking.length > 0) {
    files.faults.push(
      `KAFKA_USERNAME and KAFKA_PASSWORD, or KAFKA_CREDENTIALS_FILE, must contain a login for ${lacking.join(', ')}`,
    );
  }
  const loginOf = (service: string): KafkaLogin => {
    const login = logins?.[service] ?? common;
    if (login === undefined) throw new Error(`there is no Kafka login for ${service}`);
    return login;
  };
  return { sasl: { mechanism, loginOf } };
}

/** Undefined if it does not have the documented form. */
function loginsIn(text: string): Readonly<Record<string, KafkaLogin>> | undefined {
  try {
    const found = JSON.parse(text) as Readonly<Record<string, Partial<KafkaLogin>>>;
    const whole = Object.values(found).every(
      (each) => typeof each.username === 'string' && typeof each.password === 'string',
    );
    return whole ? (found as Readonly<Record<string, KafkaLogin>>) : undefined;
  } catch {
    return undefined;
  }
}
