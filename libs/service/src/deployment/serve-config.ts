import { Address, MayBeUnset, OneOf, OnOff, Secret, Unless, WholeNumber, Word } from '../config/setting.ts';
import type { LogLevel } from './deployment.ts';
import { KafkaConfig } from './kafka/kafka-config.ts';

const logLevels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'];

/** What a service in a process of its own is told by the environment (.env.example says what breaks without each). */
export class ServeConfig extends KafkaConfig {
  /** PostgreSQL, as a role that may make roles and schemas. */
  @Address('postgres', 'postgresql') readonly DATABASE_URL!: string;
  /** All secrets of the house come from this one, so it is the same in every process; or they stand in SECRETS_FILE. */
  @Unless('SECRETS_FILE') @Secret(32) readonly PLATFORM_SECRET?: string;
  @MayBeUnset() @Word() readonly SECRETS_FILE?: string;
  /** Raised by one, the issuer signs with a new key and still publishes the one before it. */
  @WholeNumber(1, 1_000_000) readonly SIGNING_KEY_NUMBER: number = 1;
  /** The issuer of tokens. */
  @Address('http', 'https') readonly ISSUER_URL!: string;
  /** Where identity answers from within, where ISSUER_URL cannot be reached from here. */
  @MayBeUnset() @Address('http', 'https') readonly ISSUER_INSIDE_URL?: string;
  /** How people reach the house; ISSUER_URL unless told. */
  @MayBeUnset() @Address('http', 'https') readonly PUBLIC_URL?: string;
  /** With it a program reads /metrics; without one, operators alone do. */
  @MayBeUnset() @Secret(16) readonly METRICS_TOKEN?: string;
  /** Where the other services answer; the issuer's address unless told. */
  @MayBeUnset() @Address('http', 'https') readonly PEERS_URL?: string;
  @Word() readonly HOST: string = '0.0.0.0';
  @WholeNumber(1, 65_535) readonly PORT: number = 3000;
  @OneOf(logLevels) readonly LOG_LEVEL: LogLevel = 'info';
  @OnOff() readonly DEMO: boolean = false;
  @WholeNumber(0, 10_000_000) readonly REQUESTS_PER_MINUTE: number = 12_000;
  /** Proxies in front, each of which names in X-Forwarded-For whom it speaks for; 0: what anybody writes there is not believed. */
  @WholeNumber(0, 10) readonly TRUST_PROXY: number = 0;
}
