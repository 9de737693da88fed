import { payloadOf, TimerWorker, type DueTimer } from '#events';
import { UnitOfWork } from '#persistence';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReferralsConfig } from '../config/referrals.config.ts';
import { keyAgain } from './client.rows.ts';
import { ClientKeysPayload } from '../stream/timer-payloads.ts';

const kind = 'client-keys';

/** Adds the keys of clients that an older version of the platform stored without them; a trigger of the table sets the timer. */
@Injectable()
export class LateKeys implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly worker: TimerWorker,
    private readonly config: ReferralsConfig,
  ) {}

  onModuleInit(): void {
    this.worker.on(kind, (timer) => this.fill(timer));
  }

  /** Runs in the owner's scope: a client is changed in the scope of its organization only. */
  private async fill(timer: DueTimer): Promise<void> {
    const clientId = timer.subject;
    const { ownerOrganizationId: organizationId } = payloadOf(ClientKeysPayload, timer);
    await this.unitOfWork.run({ kind: 'tenant', organizationId, personId: '' }, (tx) =>
      keyAgain(tx, clientId, this.config.PHONE_REGION),
    );
  }
}
