import type { IncomingMessage } from 'node:http';

/** The interval between two looks at the bodies in progress. */
const lookEveryMs = 1000;

export interface Slowness {
  /** Consecutive looks without a new byte. */
  readonly mostIdleLooks: number;
  /** Looks before the speed counts: a connection starts slowly. */
  readonly graceLooks: number;
  readonly fewestBytesALook: number;
}

/** Five seconds without a byte; after ten, at least 4 KB a second, which even a bad mobile connection reaches. */
const usualSlowness: Slowness = { mostIdleLooks: 5, graceLooks: 10, fewestBytesALook: 4096 };

interface UnderWay {
  readonly request: IncomingMessage;
  readonly tooSlow: () => void;
  readonly before: number;
  seen: number;
  idleLooks: number;
  looks: number;
}

/**
 * Bodies that are still arriving. A sender who stops, or sends a byte now and then, holds memory and a connection. We
 * recognise such senders by the bytes between two looks and not by a clock, because a process that was busy has not
 * looked either.
 */
export class SlowBodies {
  private readonly underWay = new Set<UnderWay>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly slowness: Slowness = usualSlowness) {}

  /** Calls `tooSlow` once if the rest does not arrive in time. */
  watch(request: IncomingMessage, tooSlow: () => void): void {
    if (!hasBody(request) || request.complete) return;
    const { bytesRead } = request.socket;
    const one: UnderWay = { request, tooSlow, before: bytesRead, seen: bytesRead, idleLooks: 0, looks: 0 };
    this.underWay.add(one);
    request.once('close', () => this.forget(one));
    this.timer ??= setInterval(() => this.look(), lookEveryMs).unref();
  }

  private look(): void {
    for (const one of this.underWay) {
      if (one.request.complete || one.request.destroyed) this.forget(one);
      else if (this.isTooSlow(one)) {
        this.forget(one);
        one.tooSlow();
      }
    }
  }

  private isTooSlow(one: UnderWay): boolean {
    const { bytesRead } = one.request.socket;
    one.looks += 1;
    one.idleLooks = bytesRead === one.seen ? one.idleLooks + 1 : 0;
    one.seen = bytesRead;
    const { mostIdleLooks, graceLooks, fewestBytesALook } = this.slowness;
    return (
      one.idleLooks >= mostIdleLooks ||
      (one.looks > graceLooks && bytesRead - one.before < (one.looks - graceLooks) * fewestBytesALook)
    );
  }

  private forget(one: UnderWay): void {
    this.underWay.delete(one);
    if (this.underWay.size > 0 || this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
