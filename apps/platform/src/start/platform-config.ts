import { ValidateIf } from 'class-validator';
import { Address, KafkaConfig, MayBeUnset, OneOf, OnOff, Secret, WholeNumber, Word } from '#service';
import type { LogLevel } from '#service';

const logLevels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

/** Several processes must share the secrets, so the data folder of one of them cannot hold them. */
const NeededElsewhere = (): PropertyDecorator =>
  ValidateIf((config: PlatformConfig) => config.DATABASE_URL !== undefined && config.SECRETS_FILE === undefined);

/** The platform's environment variables; none is required. .env.example says what fails without each. */
export class PlatformConfig extends KafkaConfig {
  /** The listen address. By default only this machine, because demo mode asks for no password. */
  @Word() readonly HOST: string = '127.0.0.1';
  @WholeNumber(1, 65_535) readonly PORT: number = 3000;
  /** The address that people and tokens use, if it is not `http://localhost:<port>`. */
  @MayBeUnset() @Address('http', 'https') readonly PUBLIC_URL?: string;
  @Word() readonly DATA_DIR: string = '.data';
  /** The built web application. */
  @Word() readonly WEB_DIR: string = 'dist/apps/web';
  /** An external PostgreSQL, as a role that may create roles and schemas; by default the embedded one in DATA_DIR. */
  @MayBeUnset() @Address('postgres', 'postgresql') readonly DATABASE_URL?: string;
  @NeededElsewhere() @Secret(32) readonly PLATFORM_SECRET?: string;
  @MayBeUnset() @Word() readonly SECRETS_FILE?: string;
  /** When it is raised by one, the issuer signs with a new key and still publishes the previous one. */
  @WholeNumber(1, 1_000_000) readonly SIGNING_KEY_NUMBER: number = 1;
  /** With it a program may read /metrics; without it only operators may. */
  @MayBeUnset() @Secret(16) readonly METRICS_TOKEN?: string;
  /** An external issuer of tokens (then EMBEDDED_ISSUER=0). */
  @MayBeUnset() @Address('http', 'https') readonly ISSUER_URL?: string;
  /** By default on with the embedded PostgreSQL, otherwise off. */
  @MayBeUnset() @OnOff() readonly DEMO?: boolean;
  @OneOf(logLevels) readonly LOG_LEVEL: LogLevel = 'info';
  @WholeNumber(0, 10_000_000) readonly REQUESTS_PER_MINUTE: number = 12_000;
  /** The number of proxies in front that add the caller to X-Forwarded-For; with 0 that header is ignored. */
  @WholeNumber(0, 10) readonly TRUST_PROXY: number = 0;
}
