import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { systemActor } from '#access';
import { AreaChanged, type NetworkId } from '#contracts';
import { CLOCK, EventLog, IDS, TimerWorker, type Clock, type DueTimer, type Ids } from '#events';
import { statement, UnitOfWork } from '#persistence';

const networkOfArea = statement(
  'network of area',
  'select network_id as "networkId" from area where area_id = $1',
).reads<{ networkId: NetworkId }>();

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
      const [area] = await tx.query(networkOfArea, [areaId]);
      if (area === undefined) return;
      await this.log.record(tx, {
        ...{ key: areaId, version, now: this.clock.now(), actor: systemActor('system') },
        correlationId: this.ids.next(),
        events: [{ event: AreaChanged.of({ areaId, ...area }), subject: `area/${areaId}` }],
      });
    });
  }
}
