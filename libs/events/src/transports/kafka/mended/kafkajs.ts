import { calmRequestQueue } from './request-queue.ts';
import { connectOnce } from './connect-once.ts';

/** Changes what kafkajs 2.2.4, its last version, does wrong. Call it before the first client; it may be repeated. */
export function mendKafkaJs(): void {
  calmRequestQueue();
  connectOnce();
}
