import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { root, say, CommandError } from '../setup/words.mjs';

const LOOK_MS = 50;
const START_MS = 60_000;
const STOP_MS = 5_000;

/** Vite's server: it compiles the web as the browser asks for it, and passes everything else on to the platform. */
export class WebServer {
  #child;
  #isAsked = false;

  /** @param {number} port of its own; @param {string} platform the platform's own address */
  constructor(port, platform) {
    this.port = port;
    this.platform = platform;
  }

  get address() {
    return `http://localhost:${this.port}`;
  }

  /** Resolves when it listens. */
  async start() {
    const host = process.env.HOST ?? '127.0.0.1';
    this.#child = spawn(
      process.execPath,
      [
        join(root, 'node_modules/vite/bin/vite.js'),
        ...['--config', 'apps/web/vite.config.ts', '--host', host, '--port', String(this.port), '--strictPort'],
        ...['--clearScreen', 'false', '--logLevel', 'warn'],
      ],
      { cwd: root, env: { ...process.env, PLATFORM_ADDRESS: this.platform }, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    this.#child.once('exit', () => this.#isAsked || say('the server of the web has ended; start npm run dev again'));
    const from = performance.now();
    while (!(await answers(insideHost(), this.port))) {
      if (this.#isAsked) return;
      if (this.#child.exitCode !== null || performance.now() - from > START_MS)
        throw new CommandError('the server of the web did not start');
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async stop() {
    this.#isAsked = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(patience);
  }
}

/** Where this machine reaches a server that listens on HOST. */
export function insideHost() {
  const host = process.env.HOST ?? '127.0.0.1';
  return ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
}

/** The first port from this one on that nothing listens on. */
export async function freePort(from) {
  for (let port = from; port < from + 100; port += 1) if (await isFree(port)) return port;
  throw new CommandError(`no port from ${from} to ${from + 99} is free`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, process.env.HOST ?? '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function answers(host, port) {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const done = (is) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', done(true));
    socket.once('error', done(false));
  });
}
