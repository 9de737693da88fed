import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientId } from '#contracts';
import { atOnce, Timers, TimerWorker } from '#events';
import { UnitOfWork } from '#persistence';
import { republished } from '../client/client.rows.ts';
import { ClientService } from '../client/client.service.ts';
import { toRecord } from '../consent/consent.entity.ts';
import { watchedClients } from './treating.rows.ts';

const batch = 200;

/**
 * The organizations that treat have changed: each client whose consents depend on it is recomputed, one by one in its own
 * stream.
 */
@Injectable()
export class TreatingReview implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly worker: TimerWorker,
    private readonly timers: Timers,
    private readonly clients: ClientService,
  ) {}

  onModuleInit(): void {
    this.worker.on('treating-changed', () => this.spread());
    this.worker.on('treating-review', (timer) =>
      this.clients.onTimer(timer, ({ client, now }) =>
        republished(client, client.consents.map(toRecord), client.facts, now),
      ),
    );
  }

  /** In small commits (traps.md 34): one timer per client. After a crash it restarts and sets the same timers. */
  private async spread(): Promise<void> {
    let last: ClientId | undefined = await this.spreadAfter(null);
    while (last !== undefined) last = await this.spreadAfter(last);
  }

  private spreadAfter(after: ClientId | null): Promise<ClientId | undefined> {
    return this.unitOfWork.run({ kind: 'system', key: '' }, async (tx) => {
      const clients = await watchedClients(tx, after, batch);
      const reviews = clients.map((clientId) => {
        return { key: clientId, change: { kind: 'treating-review', subject: clientId, dueAt: atOnce } };
      });
      await this.timers.scheduleEach(tx, reviews);
      return clients.length === batch ? clients.at(-1) : undefined;
    });
  }
}
