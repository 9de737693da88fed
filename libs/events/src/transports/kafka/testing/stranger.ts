import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import kafkajs from 'kafkajs';
import type { Kafka, KafkaMessage } from 'kafkajs';
import type { IncomingMessage } from '../../../messages.ts';
import { mendKafkaJs } from '../mended/kafkajs.ts';
import { until } from '../../testing/reader-bench.ts';

/** Plain kafkajs without our code: what we send and commit, as an outsider sees it. */
export function strangerClient(brokers: readonly string[]): Kafka {
  mendKafkaJs();
  return new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
}

/** All messages of a topic, in no order between partitions. */
export async function everythingIn(brokers: readonly string[], topic: string): Promise<readonly IncomingMessage[]> {
  const client = strangerClient(brokers);
  const admin = client.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const total = offsets.reduce((sum, each) => sum + Number(each.high) - Number(each.low), 0);
  const consumer = client.consumer({ groupId: `stranger-${randomUUID()}` });
  const found: IncomingMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ partition, message }) => {
      found.push({ topic, partition, ...plain(message) });
      return Promise.resolve();
    },
  });
  await until('the topic is read', () => found.length >= total);
  await consumer.disconnect();
  return found;
}

function plain(message: KafkaMessage): Pick<IncomingMessage, 'key' | 'value' | 'headers' | 'offset'> {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    offset: message.offset,
    key: message.key?.toString() ?? null,
    value: message.value?.toString() ?? '',
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

/** A client that can lose the next answer of a broker: the broker has done the work. */
export class LossyWire {
  lost = 0;
  private armed = false;

  /** Loses the next answer, and its connection with it. */
  arm(): void {
    this.armed = true;
  }

  client(brokers: readonly string[]): Kafka {
    return new kafkajs.Kafka({
      brokers: [...brokers],
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 8, initialRetryTime: 50, maxRetryTime: 200 },
      socketFactory: ({ host, port, onConnect }) => this.lossy(connect({ host, port }, onConnect)),
    });
  }

  private lossy(socket: Socket): Socket {
    const emit = socket.emit.bind(socket);
    socket.emit = (event: string | symbol, ...given: unknown[]): boolean => {
      if (event !== 'data' || !this.armed) return emit(event, ...given);
      this.armed = false;
      this.lost += 1;
      socket.destroy(new Error('the wire was cut'));
      return true;
    };
    return socket;
  }
}
