import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import kafkajs from 'kafkajs';
import type { ISocketFactory, Kafka, KafkaConfig, SASLOptions, logCreator } from 'kafkajs';
import { mendKafkaJs } from './mended/kafkajs.ts';
import type { KafkaSecurity } from './security/kafka-security.ts';

export interface KafkaTransportOptions {
  /** `host:port`. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** Prefix of every topic and group name, so that several installations (or tests) can share one cluster. */
  readonly prefix?: string;
  /** Receives the log messages of kafkajs: ids and words, never a message's content. */
  readonly onWords?: (words: string) => void;
  /** TLS and sign-in; by default plain, anonymous connections. */
  readonly security?: KafkaSecurity;
  /** Called with a sentence that says what the start is waiting for, for the person at the terminal. */
  readonly tell?: (words: string) => void;
}
const KEEP_ALIVE_MS = 10_000;
const CONNECT_MS = 5_000;
const REQUEST_MS = 15_000;
/** About 8 (traps.md 4): some 10 s, in which a leader moves; then the relay starts again with another producer. */
export const usualRetry = { retries: 8, initialRetryTime: 100, maxRetryTime: 2_000 } as const;

/** A client of one service, with the settings of traps.md 20 and 21. */
export function kafkaClient(
  { brokers, clientId = 'closed-loop-referrals', security, onWords }: KafkaTransportOptions,
  service: string,
): Kafka {
  mendKafkaJs();
  return new kafkajs.Kafka({
    clientId,
    brokers: [...brokers],
    ...securityOf(security, service),
    connectionTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    enforceRequestTimeout: true,
    retry: usualRetry,
    socketFactory,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: toldTo(onWords),
  });
}

function securityOf({ tls, sasl }: KafkaSecurity = {}, service: string): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  return {
    ...(tls === undefined ? {} : { ssl: { ...tls } }),
    ...(sasl === undefined ? {} : { sasl: { mechanism: sasl.mechanism, ...sasl.loginOf(service) } as SASLOptions }),
  };
}

const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket = ssl
    ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect)
    : connectPlain({ host, port }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return socket;
};

/** kafkajs logs errors that it retries by itself; lasting ones show in readiness and lag. Never log a message's content. */
function toldTo(onWords: KafkaTransportOptions['onWords'] = () => undefined): logCreator {
  return () =>
    ({ namespace, log }) => {
      const { groupId, broker, topic } = log as Readonly<Record<string, unknown>>;
      const where = [groupId, broker, topic].filter((each) => typeof each === 'string').join(' ');
      onWords(`${namespace}: ${log.message} ${where}`.trim());
    };
}
