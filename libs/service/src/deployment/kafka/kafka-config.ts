import { Brokers, MayBeUnset, NeededWith, OneOf, OnOff, Word } from '../../config/setting.ts';

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** How the cluster is reached; files are named by their path. Part of every process's settings. */
export class KafkaConfig {
  /** Kafka; without it the embedded transport in the same PostgreSQL. */
  @MayBeUnset() @Brokers() readonly KAFKA_BROKERS?: string;
  /** Before the names of topics and groups, where several houses share one cluster. */
  @MayBeUnset() @Word() readonly KAFKA_PREFIX?: string;
  /** TLS to every broker. */
  @OnOff() readonly KAFKA_SSL: boolean = false;
  /** The authority that signed the brokers' certificate, where it is not a well-known one (PEM). */
  @MayBeUnset() @Word() readonly KAFKA_SSL_CA?: string;
  /** Our own certificate and its key, where the brokers ask for one (PEM). */
  @NeededWith('KAFKA_SSL_KEY') @Word() readonly KAFKA_SSL_CERT?: string;
  @NeededWith('KAFKA_SSL_CERT') @Word() readonly KAFKA_SSL_KEY?: string;
  @MayBeUnset() @OneOf(mechanisms) readonly KAFKA_SASL_MECHANISM?: (typeof mechanisms)[number];
  /** Of this process; in one process of all services each may have its own, in KAFKA_CREDENTIALS_FILE. */
  @MayBeUnset() @Word() readonly KAFKA_USERNAME?: string;
  @NeededWith('KAFKA_USERNAME') @Word() readonly KAFKA_PASSWORD?: string;
  @MayBeUnset() @Word() readonly KAFKA_CREDENTIALS_FILE?: string;
}
