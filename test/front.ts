import { createServer, request as forward, type Server } from 'node:http';
import { freePort } from '#persistence';

/** A proxy in front of several processes, like a load balancer. */
export interface Front {
  readonly port: number;
  close(): Promise<void>;
}

/** Forwards each request to the port that `portOf` gives for its path; 503 if nothing answers there. */
export async function openFront(portOf: (path: string) => number | undefined): Promise<Front> {
  const server: Server = createServer((asked, answer) => {
    const onward = forward(
      {
        ...{ host: '127.0.0.1', port: portOf(asked.url ?? '/') ?? 0 },
        ...{ method: asked.method, path: asked.url, headers: asked.headers },
      },
      (reply) => {
        reply.on('error', () => answer.destroy());
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      },
    );
    onward.on('error', () => {
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(503, { 'retry-after': '1' }).end();
    });
    asked.pipe(onward);
  });
  const port = await freePort(10_000 + Math.floor(Math.random() * 18_000));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
