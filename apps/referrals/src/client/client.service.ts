import { tenantScope } from '#access';
import type { NewClient } from '#contracts';
import { causedBy, Timers } from '#events';
import type { Tx } from '#persistence';
import { Act, type Answer, type CommandRequest } from '#service';
import { Injectable } from '@nestjs/common';
import { isNewToReader, newInformationTimer } from '../information/new-information.ts';
import { openedTasksOf } from '../task/task.entity.ts';
import { readClients, replaceClient, type StoredClient } from './client.entity.ts';

/** The sender's own record of a person. It is a form, not a decision: no event, its own row version as ETag. */
@Injectable()
export class ClientService {
  constructor(
    private readonly act: Act,
    private readonly timers: Timers,
  ) {}

  replace(request: CommandRequest, clientId: string, client: NewClient): Promise<Answer> {
    return this.act.run<StoredClient>({
      request,
      scope: tenantScope(request.actor),
      find: async (tx) => (await readClients(tx, [clientId])).get(clientId),
      key: () => clientId,
      work: async (tx, found) => {
        const version = found.version + 1;
        await replaceClient(tx, clientId, client, version);
        if (isNewToReader(found, client)) await this.tellReaders(tx, request, clientId);
        return {
          kind: 'done',
          body: { clientId },
          version,
          current: { version: found.version, state: null },
          events: [],
        };
      },
    });
  }

  /** Agencies that read the old record hear that there is a new one, each under its own referral's lock. */
  private async tellReaders(tx: Tx, { correlationId, traceparent }: CommandRequest, clientId: string): Promise<void> {
    const cause = { correlationId, causationId: null, traceparent };
    const changes = (await openedTasksOf(tx, clientId)).map(({ taskId, referralId }) => {
      const timer = newInformationTimer(taskId, ['core-contact']);
      return { key: referralId, change: causedBy({ ...timer, payload: { ...timer.payload } }, cause) };
    });
    await this.timers.scheduleEach(tx, changes);
  }
}
