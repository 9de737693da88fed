import { tenantScope } from '#access';
import type { NewClient } from '#contracts';
import { Act, type Answer, type CommandRequest } from '#service';
import { Injectable } from '@nestjs/common';
import { readClients, replaceClient, type StoredClient } from './client.entity.ts';

/** The sender's own record of a person. It is a form, not a decision: no event, its own row version as ETag. */
@Injectable()
export class ClientService {
  constructor(private readonly act: Act) {}

  replace(request: CommandRequest, clientId: string, client: NewClient): Promise<Answer> {
    return this.act.run<StoredClient>({
      request,
      scope: tenantScope(request.actor),
      find: async (tx) => (await readClients(tx, [clientId])).get(clientId),
      key: () => clientId,
      work: async (tx, found) => {
        const version = found.version + 1;
        await replaceClient(tx, clientId, client, version);
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
}
