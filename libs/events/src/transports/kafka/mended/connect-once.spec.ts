import { createServer, connect as connectSocket, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectionClass, connectOnce, type Connection } from './connect-once.ts';

const quiet = (): void => undefined;
const logger = { namespace: () => logger, debug: quiet, info: quiet, warn: quiet, error: quiet };

describe('a connection of kafkajs', () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', quiet);
  });
  let connection: Connection & { disconnect(): Promise<boolean> };

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    connectOnce();
    connectOnce();
    const { port } = server.address() as AddressInfo;
    connection = new (connectionClass())({
      ...{ host: '127.0.0.1', port, logger, connectionTimeout: 1000, requestTimeout: 1000 },
      socketFactory: ({ onConnect }: { readonly onConnect: () => void }) =>
        connectSocket({ host: '127.0.0.1', port }, onConnect),
    }) as typeof connection;
  });
  afterAll(async () => {
    await connection.disconnect();
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  });

  it('opens one socket, however many requests find it closed', async () => {
    for (const total of [1, 2]) {
      await Promise.all(Array.from({ length: 5 }, () => connection.connect()));
      await connection.disconnect();
      expect(sockets).toHaveLength(total);
    }
  });
});
