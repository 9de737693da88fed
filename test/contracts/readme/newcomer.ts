import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { until } from '../../stories/people.ts';

export interface Ended {
  readonly status: number | null;
  readonly words: string;
}

/** A command that runs until Ctrl-C. */
export interface Running {
  /** Waits until the words are printed; returns everything printed so far. */
  prints(words: RegExp, seconds: number): Promise<string>;
  /** As a terminal sends it: to all processes of the command together. */
  ctrlC(): Promise<Ended>;
}

/** A person with a clone, a terminal, and only the environment variables that every account has. */
export class Newcomer {
  /** The commands as they are in the document. */
  readonly ran = new Set<string>();
  private readonly environment: NodeJS.ProcessEnv;

  constructor(
    private readonly root: string,
    port: number,
  ) {
    // not the Node of node_modules: npm start must find that one by itself
    const path = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
    this.environment = {
      PATH: path.join(':'),
      HOME: process.env['HOME'],
      PORT: String(port),
      CLONE_OF_A_TEST: root,
    };
  }

  async run(command: string, folder = '.', more: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const { child, words } = this.spawn(command, folder, more);
    return new Promise((resolve) => child.once('close', (status) => resolve({ status, words: words() })));
  }

  start(command: string): Running {
    const { child, words } = this.spawn(command, '.', {});
    const closed = new Promise<Ended>((resolve) =>
      child.once('close', (status) => resolve({ status, words: words() })),
    );
    return {
      prints: (wanted, seconds) =>
        until(
          () => Promise.resolve(words()),
          (printed) => {
            if (child.exitCode !== null) throw new Error(`${command} ended by itself:\n${printed}`);
            return wanted.test(printed);
          },
          seconds,
        ),
      ctrlC: () => {
        // a command that has already ended cannot receive it
        if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
          process.kill(-child.pid, 'SIGINT');
        return closed;
      },
    };
  }

  /** Command lines of the processes that this newcomer's commands started; none if the system does not show them. */
  running(): readonly string[] {
    if (!existsSync('/proc/self/environ')) return [];
    return (
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => ({
          line: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' '),
          isOurs: textOf(`/proc/${pid}/environ`).includes(`CLONE_OF_A_TEST=${this.root}\0`),
        }))
        // PostgreSQL may run as another account, whose environment we cannot read; its arguments contain the folder
        .filter(({ line, isOurs }) => isOurs || line.includes(`${this.root}/`))
        .flatMap(({ line }) => (line === '' ? [] : [line]))
    );
  }

  private spawn(
    command: string,
    folder: string,
    more: NodeJS.ProcessEnv,
  ): { readonly child: ChildProcess; readonly words: () => string } {
    this.ran.add(command);
    const child = spawn('sh', ['-c', command], {
      cwd: `${this.root}/${folder}`,
      env: { ...this.environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let words = '';
    for (const out of [child.stdout, child.stderr]) out.on('data', (chunk: Buffer) => (words += chunk.toString()));
    return { child, words: () => words };
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // it has ended meanwhile, or belongs to another account
    return '';
  }
}
