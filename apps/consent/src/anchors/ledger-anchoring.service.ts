import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DEPLOYMENT, LOG, safeError, type DeploymentConfig, type Log } from '#service';
import type { AnchorMark } from './anchor.ts';
import { LedgerAnchors, markOf } from './ledger-anchors.service.ts';

/** The delay after the first entry of a quiet time, to collect further entries. */
const soonMs = 1_000;
/** The delay while entries keep coming. */
const atMostEveryMs = 5_000;
/** For entries that a crashed process left without an anchor. */
const lookEveryMs = 60_000;

/** Anchors soon after an entry was sealed, but at most once every few seconds. Runs beside the handlers' own work. */
@Injectable()
export class LedgerAnchoring implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private pending: NodeJS.Timeout | undefined;
  private looking: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private notBefore = 0;
  private stopped = false;
  private last: AnchorMark | undefined;

  constructor(
    private readonly anchors: LedgerAnchors,
    @Inject(DEPLOYMENT) private readonly deployment: Pick<DeploymentConfig, 'timers'>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** The last anchor of this process: it remembers what somebody may delete from the database. */
  get made(): AnchorMark | undefined {
    return this.last;
  }

  onApplicationBootstrap(): void {
    if (!this.deployment.timers) return;
    this.poke();
    this.looking = setInterval(() => this.poke(), lookEveryMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.pending);
    clearInterval(this.looking);
    await this.running;
  }

  /** Called when entries were sealed. */
  poke(): void {
    if (!this.deployment.timers || this.stopped || this.pending !== undefined) return;
    const wait = Math.max(soonMs, this.notBefore - Date.now());
    this.pending = setTimeout(() => {
      this.pending = undefined;
      this.notBefore = Date.now() + atMostEveryMs;
      this.running = this.anchorAll().catch((error: unknown) => {
        this.log.warn({ error: safeError(error) }, 'the ledger could not be anchored; it is tried again');
        this.poke();
      });
    }, wait).unref();
  }

  /** Runs until nothing is left. Each anchor is also written to the process log, which no database contains. */
  async anchorAll(): Promise<void> {
    for (let made = await this.anchors.anchor(); made.length > 0; made = await this.anchors.anchor()) {
      for (const anchor of made) {
        this.last = markOf(anchor);
        const { number, anchoredAt, keyId, signature, clientIds } = anchor;
        this.log.info(
          { anchor: { ...this.last, number, anchoredAt, chains: clientIds.length, keyId, signature } },
          'the ledger is anchored',
        );
      }
    }
  }
}
