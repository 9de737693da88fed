import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from '../setup/words.mjs';

const LOOK_MS = 50;
/** Its welcome follows when it listens. */
const WELCOME_MS = 300;
/** It stops in order within seconds; with a debugger attached, a process waits for that to leave. */
const STOP_MS = 20_000;

/** The platform in a process of its own, which can be started again. */
export class KeptRunning {
  #child;
  #isAsked = false;

  /** @param {readonly string[]} args of Node; @param {Record<string, string> & { DATA_DIR: string }} settings of the platform, beside our own */
  constructor(args, settings) {
    this.args = args;
    this.settings = settings;
  }

  /**
   * Starts it, and waits until it listens (`address`), fails (`failed`) or is stopped (neither). With `quiet`, what it
   * prints until then is shown only if it fails.
   */
  async start({ quiet = false } = {}) {
    const child = spawn(process.execPath, this.args, {
      cwd: root,
      env: { ...process.env, ...this.settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#isAsked = false;
    let held = quiet ? '' : undefined;
    child.stdout.on('data', (chunk) => {
      if (held === undefined) process.stdout.write(chunk);
      else held += chunk;
    });
    while (isRunning(child)) {
      const address = this.#addressOf(child.pid);
      if (address !== undefined) {
        setTimeout(() => (held = undefined), WELCOME_MS);
        child.once('exit', () => this.#isAsked || say('the platform has ended: save a source to start it again'));
        return { address, failed: false };
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    if (!this.#isAsked && held !== undefined) process.stdout.write(held);
    return { address: undefined, failed: !this.#isAsked };
  }

  /** Stops it in order, and waits until it has ended. */
  async stop() {
    const child = this.#child;
    this.#isAsked = true;
    if (child === undefined || !isRunning(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(patience);
  }

  /** The platform writes it once it listens (apps/platform/src/start/data-folder.ts). */
  #addressOf(pid) {
    const file = join(this.settings.DATA_DIR, 'running.json');
    try {
      const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
      return found?.pid === pid ? (found.address ?? undefined) : undefined;
    } catch {
      // it is being written
      return undefined;
    }
  }
}

function isRunning(child) {
  return child.exitCode === null && child.signalCode === null;
}
