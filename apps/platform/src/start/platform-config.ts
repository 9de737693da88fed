import { ValidateIf } from 'class-validator';
import { Address, KafkaConfig, MayBeUnset, OneOf, OnOff, Secret, WholeNumber, Word } from '#service';
import type { LogLevel } from '#service';

const logLevels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

/** Several processes must agree on the secrets, so a data folder of one of them is no place to keep them. */
const NeededElsewhere = (): PropertyDecorator =>
  ValidateIf((config: PlatformConfig) => config.DATABASE_URL !== undefined && config.SECRETS_FILE === undefined);

/** What the platform is told by the environment; nothing is required. .env.example says what breaks without each. */
export class PlatformConfig extends KafkaConfig {
  /** Where it listens. Only this machine, unless told: demo mode asks for no password. */
  @Word() readonly HOST: string = '127.0.0.1';
  @WholeNumber(1, 65_535) readonly PORT: number = 3000;
  /** The address that people and tokens name, where it is not `http://localhost:<port>`. */
  @MayBeUnset() @Address('http', 'https') readonly PUBLIC_URL?: string;
  @Word() readonly DATA_DIR: string = '.data';
  /** A PostgreSQL of one's own, as a role that may make roles and schemas; else the embedded one in DATA_DIR. */
  @MayBeUnset() @Address('postgres', 'postgresql') readonly DATABASE_URL?: string;
  @NeededElsewhere() @Secret(32) readonly PLATFORM_SECRET?: string;
  @MayBeUnset() @Word() readonly SECRETS_FILE?: string;
  /** Raised by one, the issuer signs with a new key and still publishes the one before it. */
  @WholeNumber(1, 1_000_000) readonly SIGNING_KEY_NUMBER: number = 1;
  /** With it a program reads /metrics; without one, operators alone do. */
  @MayBeUnset() @Secret(16) readonly METRICS_TOKEN?: string;
  /** Another issuer of tokens than the one of this house (then EMBEDDED_ISSUER=0). */
  @MayBeUnset() @Address('http', 'https') readonly ISSUER_URL?: string;
  /** On with the embedded PostgreSQL, else off, unless told. */
  @MayBeUnset() @OnOff() readonly DEMO?: boolean;
  @OneOf(logLevels) readonly LOG_LEVEL: LogLevel = 'info';
  @WholeNumber(0, 10_000_000) readonly REQUESTS_PER_MINUTE: number = 12_000;
  /** Proxies in front, each of which names in X-Forwarded-For whom it speaks for; 0: what anybody writes there is not believed. */
  @WholeNumber(0, 10) readonly TRUST_PROXY: number = 0;
}
