import type { ServerResponse } from 'node:http';
import type { Admitted, Holding } from '#access';

const lookEveryMs = 2000;

/**
 * Open answers and their readers: a stream is ended when its token no longer allows it. We check the readers every two
 * seconds, and as soon as a person is known to have changed.
 */
export class HeldAnswers {
  private readonly open = new Map<ServerResponse, Admitted>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly holding: Holding) {}

  begun(response: ServerResponse, admitted: Admitted): void {
    this.open.set(response, admitted);
    response.once('close', () => this.open.delete(response));
    this.timer ??= setInterval(() => void this.look(), lookEveryMs).unref();
  }

  /** Ends every answer that its reader may no longer receive in this form: the client reconnects and is checked again. */
  async look(): Promise<void> {
    await Promise.all([...this.open].map(([response, admitted]) => this.judge(response, admitted)));
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async judge(response: ServerResponse, { said, actor }: Admitted): Promise<void> {
    // a request without an answer yet was checked a moment ago
    if (!response.headersSent) return;
    try {
      const held = await this.holding(said);
      if (held === undefined || wordsOf(held) !== wordsOf(actor)) response.destroy();
    } catch {
      // the database cannot tell just now; the next check asks again
    }
  }
}

function wordsOf({ roles, scopes }: Admitted['actor']): string {
  return [...roles, '/', ...scopes].join(' ');
}
