import { tenantScope } from '#access';
import { birthSpan, type ClientView, type NewClient } from '#contracts';
import { causedBy, Timers } from '#events';
import type { Tx } from '#persistence';
import { CommandRunner, Invalid, type Answer, type CommandRequest } from '#service';
import { Injectable } from '@nestjs/common';
import { closeGate } from '../consent-gate/gate.rows.ts';
import { contactTimer } from '../system/contact-report.service.ts';
import { contactRule, isSameRule, type ContactRule } from '../domain/model/contact.ts';
import { isNewToReader, newInformationTimer } from '../domain/system/new-information.ts';
import { ReferralsConfig } from '../config/referrals.config.ts';
import { openedTasksOf } from '../stream/task.rows.ts';
import { referralsOfClient } from '../stream/death.rows.ts';
import { firstReferredAt, readClients, replaceClient, type StoredClient } from './client.rows.ts';

/** The sender's own record of a person. Saving it is not a decision: no event, and its row version is the ETag. */
@Injectable()
export class ClientService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly timers: Timers,
    private readonly config: ReferralsConfig,
  ) {}

  replace(request: CommandRequest, clientId: string, client: NewClient): Promise<Answer> {
    return this.commands.run<StoredClient>({
      request,
      scope: tenantScope(request.actor),
      find: async (tx) => (await readClients(tx, [clientId])).get(clientId),
      key: () => clientId,
      work: async (tx, found) => {
        const version = found.version + 1;
        const isReachedOtherwise = !isSameRule(ruleOf(found), ruleOf(client));
        // A referral that is being created reads the contact rule behind the gate: either it read the old rule and is found
        // below, or it waits.
        if (isReachedOtherwise) await closeGate(tx, clientId);
        await refuseBornLater(tx, clientId, client);
        await replaceClient(tx, clientId, client, { version, region: this.config.PHONE_REGION });
        if (isReachedOtherwise) await this.tellReferrals(tx, request, clientId);
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

  private async tellReferrals(tx: Tx, { correlationId, traceparent }: CommandRequest, clientId: string): Promise<void> {
    const cause = { correlationId, causationId: null, traceparent };
    const referralIds = await referralsOfClient(tx, clientId);
    await this.timers.scheduleEach(
      tx,
      referralIds.map((key) => ({ key, change: causedBy({ ...contactTimer(key) }, cause) })),
    );
  }

  /** Agencies that read the old record are notified of the new one, each under its own referral's lock. */
  private async tellReaders(tx: Tx, { correlationId, traceparent }: CommandRequest, clientId: string): Promise<void> {
    const cause = { correlationId, causationId: null, traceparent };
    const changes = (await openedTasksOf(tx, clientId)).map(({ taskId, referralId }) => {
      const timer = newInformationTimer(taskId, ['core-contact']);
      return { key: referralId, change: causedBy({ ...timer, payload: { ...timer.payload } }, cause) };
    });
    await this.timers.scheduleEach(tx, changes);
  }
}

function ruleOf({
  contactProhibited,
  safeContact,
}: Pick<ClientView | NewClient, 'contactProhibited' | 'safeContact'>): ContactRule {
  return contactRule({ contactProhibited, safeChannel: safeContact?.channel ?? null });
}

/** A referral cannot be older than its client. */
async function refuseBornLater(tx: Tx, clientId: string, { birthDate }: NewClient): Promise<void> {
  const referredAt = birthDate === undefined ? null : await firstReferredAt(tx, clientId);
  if (birthDate === undefined || referredAt === null) return;
  const referredOn = referredAt.slice(0, 10);
  if (birthSpan(birthDate).first <= referredOn) return;
  const message = 'birthDate must not lie after the client was first referred';
  throw new Invalid([{ field: 'birthDate', message, allowed: `at most ${referredOn}` }]);
}
