import type { ServerResponse } from 'node:http';
import type { Admitted, Holding } from '#access';

const lookEveryMs = 2000;

/**
 * Answers that are still being given, and to whom: a stream that outlives what its token was good for is ended. Who may
 * still listen is asked again every two seconds, and as soon as somebody is known to have changed.
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

  /** Ends every answer whose reader may no longer have it as it was begun: they come again, and are judged anew. */
  async look(): Promise<void> {
    await Promise.all([...this.open].map(([response, admitted]) => this.judge(response, admitted)));
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async judge(response: ServerResponse, { said, actor }: Admitted): Promise<void> {
    // What has not begun to answer is a usual request: it was judged a moment ago.
    if (!response.headersSent) return;
    try {
      const held = await this.holding(said);
      if (held === undefined || wordsOf(held) !== wordsOf(actor)) response.destroy();
    } catch {
      // The database cannot tell just now; the next look asks again.
    }
  }
}

function wordsOf({ roles, scopes }: Admitted['actor']): string {
  return [...roles, '/', ...scopes].join(' ');
}
