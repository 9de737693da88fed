import { Address, MayBeUnset, OneOf, OnOff, Secret, Unless, WholeNumber, Word } from '../config/setting.ts';
import type { LogLevel } from './deployment.ts';
import { KafkaConfig } from './kafka/kafka-config.ts';

const logLevels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

/** The environment of a service in a process of its own (.env.example says what fails without each variable). */
export class ServeConfig extends KafkaConfig {
  /** PostgreSQL, as a role that may create roles and schemas. */
  @Address('postgres', 'postgresql') readonly DATABASE_URL!: string;
  /** All secrets are derived from this one, so they are the same in every process; or they are in SECRETS_FILE. */
  @Unless('SECRETS_FILE') @Secret(32) readonly PLATFORM_SECRET?: string;
  @MayBeUnset() @Word() readonly SECRETS_FILE?: string;
  /** When it is raised by one, the issuer signs with a new key and still publishes the previous one. */
  @WholeNumber(1, 1_000_000) readonly SIGNING_KEY_NUMBER: number = 1;
  /** The issuer of tokens. */
  @Address('http', 'https') readonly ISSUER_URL!: string;
  /** The internal address of identity, if ISSUER_URL cannot be reached from here. */
  @MayBeUnset() @Address('http', 'https') readonly ISSUER_INSIDE_URL?: string;
  /** The address that people use; by default ISSUER_URL. */
  @MayBeUnset() @Address('http', 'https') readonly PUBLIC_URL?: string;
  /** With it a program may read /metrics; without it only operators may. */
  @MayBeUnset() @Secret(16) readonly METRICS_TOKEN?: string;
  /** Where the other services answer; by default the issuer's address. */
  @MayBeUnset() @Address('http', 'https') readonly PEERS_URL?: string;
  @Word() readonly HOST: string = '0.0.0.0';
  @WholeNumber(1, 65_535) readonly PORT: number = 3000;
  @OneOf(logLevels) readonly LOG_LEVEL: LogLevel = 'info';
  @OnOff() readonly DEMO: boolean = false;
  @WholeNumber(0, 10_000_000) readonly REQUESTS_PER_MINUTE: number = 12_000;
  /** The number of proxies in front that add the caller to X-Forwarded-For; with 0 that header is ignored. */
  @WholeNumber(0, 10) readonly TRUST_PROXY: number = 0;
}
