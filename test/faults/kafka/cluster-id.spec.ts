import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const script = join(process.cwd(), 'apps/platform/bin/kafka/broker.mjs');
const { clusterId } = (await import(script)) as { clusterId(bytes: Buffer): string };

describe('The cluster id of a new broker', () => {
  it('never begins like an option of Kafka’s own tool', () => {
    for (let first = 0; first < 256; first += 1) {
      const id = clusterId(Buffer.alloc(16, first));
      expect(id).toMatch(/^[A-Za-z0-9][\w-]{21}$/);
      expect(Buffer.from(id, 'base64url')).toHaveLength(16);
    }
  });
});
