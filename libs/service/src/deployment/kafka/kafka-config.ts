import { Brokers, MayBeUnset, NeededWith, OneOf, OnOff, Word } from '../../config/setting.ts';

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** How to reach the cluster; files are given by path. Part of every process's settings. */
export class KafkaConfig {
  /** Kafka brokers; without them the embedded transport in the same PostgreSQL. */
  @MayBeUnset() @Brokers() readonly KAFKA_BROKERS?: string;
  /** Prefix of the names of topics and groups, if several installations share one cluster. */
  @MayBeUnset() @Word() readonly KAFKA_PREFIX?: string;
  /** TLS to every broker. */
  @OnOff() readonly KAFKA_SSL: boolean = false;
  /** The authority that signed the brokers' certificates, if it is not well known (PEM). */
  @MayBeUnset() @Word() readonly KAFKA_SSL_CA?: string;
  /** Our own certificate and its key, if the brokers require one (PEM). */
  @NeededWith('KAFKA_SSL_KEY') @Word() readonly KAFKA_SSL_CERT?: string;
  @NeededWith('KAFKA_SSL_CERT') @Word() readonly KAFKA_SSL_KEY?: string;
  @MayBeUnset() @OneOf(mechanisms) readonly KAFKA_SASL_MECHANISM?: (typeof mechanisms)[number];
  /** For this process; if one process runs all services, each may have its own in KAFKA_CREDENTIALS_FILE. */
  @MayBeUnset() @Word() readonly KAFKA_USERNAME?: string;
  @NeededWith('KAFKA_USERNAME') @Word() readonly KAFKA_PASSWORD?: string;
  @MayBeUnset() @Word() readonly KAFKA_CREDENTIALS_FILE?: string;
}
