import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { contentPolicy } from '../../../apps/platform/src/web/content-policy.ts';

const built = '.cache/specimens';
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface ServedSpecimens {
  /** The address of the page for these choices: language, theme, density, only. */
  address(choices?: Readonly<Record<string, string>>): string;
  close(): Promise<void>;
}

/** Builds the specimen page as the product is built, and serves it under the policy of the product. */
export async function servedSpecimens(): Promise<ServedSpecimens> {
  await build();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://specimens').pathname;
    readFile(join(built, path)).then(
      (content) => {
        const type = types[extname(path)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'content-security-policy': contentPolicy }).end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: (choices = {}) =>
      `http://127.0.0.1:${port}/specimens/index.html?${new URLSearchParams(choices).toString()}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function build(): Promise<void> {
  const args = ['node_modules/vite/bin/vite.js', 'build', '--config', 'apps/web/specimens/vite.config.ts'];
  // Jest sets NODE_ENV, and React would then be built for development
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, [...args, '--logLevel', 'warn'], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  const code = await new Promise((resolve) => void child.once('close', resolve));
  if (code !== 0) throw new Error(`the specimens do not build:\n${said}`);
}
