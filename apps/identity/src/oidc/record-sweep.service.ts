import { Inject, Injectable } from '@nestjs/common';
import { DEPLOYMENT, LOG, safeError, type DeploymentConfig, type Log } from '#service';
import { OidcRecords } from './oidc-records.service.ts';

const everyMs = 10 * 60_000;

/** Deletes expired records from time to time; nothing reads them, so the time does not matter. */
@Injectable()
export class RecordSweep {
  private heartbeat: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly records: OidcRecords,
    @Inject(DEPLOYMENT) private readonly deployment: DeploymentConfig,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    if (!this.deployment.timers) return;
    this.heartbeat = setInterval(() => {
      this.running = this.sweep();
    }, everyMs);
    this.heartbeat.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.heartbeat);
    await this.running;
  }

  private async sweep(): Promise<void> {
    try {
      await this.records.sweep();
    } catch (error) {
      this.log.warn({ error: safeError(error) }, 'ended sign-ins could not be swept away');
    }
  }
}
