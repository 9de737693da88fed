import type { ServerResponse } from 'node:http';

/** Requests that have arrived and are not answered yet, so that a stop can wait for them. */
export class InFlight {
  private readonly open = new Set<ServerResponse>();
  private readonly stop = new AbortController();
  private drained: (() => void) | undefined;

  /** Aborted when the service starts to stop: long answers (server-sent events) end themselves. */
  get stopping(): AbortSignal {
    return this.stop.signal;
  }

  entered(response: ServerResponse): void {
    this.open.add(response);
    // a client that disconnects closes without finishing
    response.once('close', () => this.left(response));
    response.once('finish', () => this.left(response));
  }

  /** From now on no new request is accepted. Resolves when all accepted ones are answered, or after the time limit. */
  async drain(withinMs: number): Promise<void> {
    this.stop.abort();
    if (this.open.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.drained = resolve;
      timer = setTimeout(resolve, withinMs);
    });
    clearTimeout(timer);
  }

  private left(response: ServerResponse): void {
    this.open.delete(response);
    if (this.open.size === 0) this.drained?.();
  }
}
