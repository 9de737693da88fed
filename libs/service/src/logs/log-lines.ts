import { closeSync, openSync, write as writeAt, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { DestinationStream } from 'pino';

const write = promisify(writeAt);

const ONCE = 64 * 1024;
const MOST = 4 * 1024 * 1024;
const RETRY_MS = 1_000;
const FULL_PIPE_MS = 20;

export interface LogLinesOptions {
  /** At most this many characters wait for a reader or a disk; further lines are counted and lost. */
  readonly most?: number;
  readonly retryMs?: number;
}

/**
 * Writes lines to a file or a pipe, and never ends or blocks the caller: a full disk or a reader that is gone or stuck
 * costs only lines. The first line afterwards says how many were lost.
 */
export class LogLines implements DestinationStream {
  private readonly most: number;
  private readonly retryMs: number;
  private waiting: string[] = [];
  private size = 0;
  private lost = 0;
  private inHand: Buffer = Buffer.alloc(0);
  private writing: Promise<void> | undefined;
  private asked = false;
  private later: NodeJS.Timeout | undefined;
  private gone = false;

  constructor(
    private readonly fd: number,
    { most = MOST, retryMs = RETRY_MS }: LogLinesOptions = {},
  ) {
    this.most = most;
    this.retryMs = retryMs;
  }

  write(line: string): void {
    if (this.gone) return;
    if (this.size + line.length > this.most) {
      this.lost += 1;
      return;
    }
    this.waiting.push(line);
    this.size += line.length;
    this.begin();
  }

  /** Writes what is waiting, unless that takes too long. */
  async end(withinMs = 1_000): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.writing, late]);
    clearTimeout(timer);
    clearTimeout(this.later);
    this.gone = true;
  }

  /** Writes the last lines of a process that ends in this very turn. */
  flushNow(): void {
    if (this.asked || this.gone) return;
    try {
      writeSync(this.fd, Buffer.concat([this.inHand, Buffer.from(this.waiting.join(''))]));
    } catch {
      // nobody reads, or there is no space
    }
  }

  private begin(): void {
    if (this.writing !== undefined || this.later !== undefined || this.gone) return;
    const turn = new Promise<void>((resolve) => void setImmediate(resolve));
    this.writing = turn.then(() => this.writeAll()).finally(() => (this.writing = undefined));
  }

  /** One write at a time: a stuck reader holds only one thread. */
  private async writeAll(): Promise<void> {
    while (this.inHand.length > 0 || this.waiting.length > 0) {
      if (this.inHand.length === 0) this.inHand = this.taken();
      try {
        this.asked = true;
        const { bytesWritten } = await write(this.fd, this.inHand);
        this.inHand = this.inHand.subarray(bytesWritten);
      } catch (error) {
        return this.failed(error as NodeJS.ErrnoException);
      } finally {
        this.asked = false;
      }
    }
  }

  private taken(): Buffer {
    let many = 0;
    for (let length = 0; many < this.waiting.length && length < ONCE; many += 1) {
      length += this.waiting[many]?.length ?? 0;
    }
    const lines = this.waiting.splice(0, many).join('');
    this.size -= lines.length;
    const lost = this.lost === 0 ? '' : this.lostLine();
    this.lost = 0;
    return Buffer.from(lines + lost);
  }

  private failed({ code }: NodeJS.ErrnoException): void {
    // nobody will read there again
    if (code === 'EPIPE' || code === 'EBADF') {
      this.gone = true;
      this.waiting = [];
      return;
    }
    const again = (): void => {
      this.later = undefined;
      this.begin();
    };
    this.later = setTimeout(again, code === 'EAGAIN' ? FULL_PIPE_MS : this.retryMs);
    this.later.unref();
  }

  private lostLine(): string {
    const line = {
      level: 40,
      time: new Date().toISOString(),
      lost: this.lost,
      msg: 'lines of this log could not be written',
    };
    return `${JSON.stringify(line)}\n`;
  }
}

let standardOutput: LogLines | undefined;

/** Shared by all services of a process: one writer, so that lines stay whole. */
export function stdoutLines(): LogLines {
  if (standardOutput === undefined) {
    const lines = (standardOutput = new LogLines(1));
    process.once('exit', () => lines.flushNow());
  }
  return standardOutput;
}

export interface LogFile extends DestinationStream {
  close(): Promise<void>;
}

/** Appends to a file that only we may read. Throws if it cannot be opened. */
export function openLogFile(file: string): LogFile {
  const fd = openSync(file, 'a', 0o600);
  const lines = new LogLines(fd);
  return {
    write: (line) => lines.write(line),
    close: async () => {
      await lines.end();
      closeSync(fd);
    },
  };
}
