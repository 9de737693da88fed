import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { systemActor } from '#access';
import { AreaChanged } from '#contracts';
import { CLOCK, EventLog, IDS, TimerWorker, type Clock, type DueTimer, type Ids } from '#events';
import { UnitOfWork } from '#persistence';
import { AreaRow } from './area.entity.ts';

/** Publishes an area that the seed or a person entered, so that other services know it even without a service in it. */
@Injectable()
export class AreaPublisher implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly worker: TimerWorker,
    private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.worker.on('area-changed', (timer) => this.publish(timer));
  }

  /** If the process stops in between, the same fact is published twice. */
  private async publish({ key: areaId }: DueTimer): Promise<void> {
    await this.unitOfWork.run({ kind: 'system', key: areaId }, async (tx) => {
      const version = await this.log.lockStream(tx, areaId);
      const area = await tx.manager.getRepository(AreaRow).findOneBy({ area_id: areaId });
      if (area === null) return;
      await this.log.record(tx, {
        ...{ key: areaId, version, now: this.clock.now(), actor: systemActor('system') },
        correlationId: this.ids.next(),
        events: [{ event: AreaChanged.of({ areaId, networkId: area.network_id }), subject: `area/${areaId}` }],
      });
    });
  }
}
