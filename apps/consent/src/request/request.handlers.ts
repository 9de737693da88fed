import { Controller } from '@nestjs/common';
import {
  ConsentRequestClosed,
  ConsentRequestOpened,
  ReferralCreated,
  TaskCompleted,
  TaskConsentAwaited,
  TaskDeclined,
  TaskExpired,
  TaskMarkedInError,
  TaskNotCompleted,
  TaskRedirected,
  TaskSent,
  TaskWithdrawn,
  type DomainEvent,
} from '#contracts';
import { Reads, type Projected, type ReadContext } from '#events';
import { republished } from '../client/client.rows.ts';
import { ClientService, type SystemWriting } from '../client/client.service.ts';
import { toRecord } from '../consent/consent.entity.ts';
import { knownReferral, learnReferral } from '../ownership/known-referral.rows.ts';
import { openRequest, requestTable, type RequestRow } from './request.entity.ts';

/** Q of contract.md §3.2: which organization owns which client, and which Tasks wait for consent. */
const consentRequests = 'consent.requests';

export const requestsProjected: Projected = {
  group: consentRequests,
  neededBeforeReady: true,
  tables: [
    { table: 'consent_request', stream: 'referral_id' },
    { table: 'known_referral', stream: 'referral_id' },
  ],
};

@Controller()
export class RequestHandlers {
  constructor(private readonly clients: ClientService) {}

  /** Consents that were recorded before the client's owner was known take effect now. */
  @Reads(consentRequests, ReferralCreated)
  async referralCreated(event: ReferralCreated, { tx, envelope, now }: ReadContext): Promise<void> {
    const { referralId, clientId, senderOrganizationId, networkId } = event;
    await this.clients.onEvent(
      tx,
      { clientId, envelope, now },
      (own) =>
        learnReferral(own, {
          referral_id: referralId,
          client_id: clientId,
          organization_id: senderOrganizationId,
          network_id: networkId,
        }),
      ({ client }) => republished(client, client.consents.map(toRecord), client.facts, now),
    );
  }

  @Reads(consentRequests, TaskConsentAwaited)
  async consentAwaited(event: TaskConsentAwaited, { tx, envelope, now, replayed }: ReadContext): Promise<void> {
    const referral = await knownReferral(tx, event.referralId);
    // referral.created is earlier in the same stream, so this is a fault, and is parked for a person
    if (referral === undefined) throw new Error('a Task awaits consent in a referral that was never created');
    const row: RequestRow = {
      // one request per event: a replay writes the same one
      request_id: envelope.id as string,
      client_id: event.clientId,
      task_id: event.taskId,
      referral_id: event.referralId,
      from_organization_id: referral.organization_id,
      network_id: referral.network_id,
      recipient_organization_id: event.recipientOrganizationId ?? null,
      categories: event.categories,
      purpose: event.purpose,
      opened_at: envelope.time,
      closed_at: null,
    };
    let open: RequestRow | undefined;
    await this.clients.onEvent(
      tx,
      { clientId: event.clientId, envelope, now },
      async (own) => void (open = await openRequest(own, event.taskId)),
      () => (open === undefined ? withoutEventsOnRebuild(opening(row), replayed) : { events: [] }),
    );
  }

  @Reads(
    consentRequests,
    TaskSent,
    TaskWithdrawn,
    TaskMarkedInError,
    TaskExpired,
    TaskDeclined,
    TaskRedirected,
    TaskCompleted,
    TaskNotCompleted,
  )
  async taskLeft(event: { readonly taskId: string }, { tx, envelope, now, replayed }: ReadContext): Promise<void> {
    const seen = await openRequest(tx, event.taskId);
    if (seen === undefined) return;
    let open: RequestRow | undefined;
    await this.clients.onEvent(
      tx,
      { clientId: seen.client_id, envelope, now },
      // read again under the lock: another consumer may have closed it meanwhile
      async (own) => void (open = await openRequest(own, event.taskId)),
      () =>
        open === undefined
          ? { events: [] }
          : withoutEventsOnRebuild(closing({ ...open, closed_at: envelope.time }), replayed),
    );
  }
}

/** A rebuild only writes the rows; the events were already published when it happened. */
function withoutEventsOnRebuild(writing: SystemWriting, replayed: boolean): SystemWriting {
  return replayed ? { ...writing, events: [] } : writing;
}

function opening(row: RequestRow): SystemWriting {
  const { request_id: requestId, client_id: clientId, task_id: taskId } = row;
  return writing(row, ConsentRequestOpened.of({ requestId, clientId, taskId }));
}

function closing(row: RequestRow): SystemWriting {
  return writing(row, ConsentRequestClosed.of({ requestId: row.request_id }));
}

function writing(row: RequestRow, event: DomainEvent): SystemWriting {
  return {
    events: [{ event, subject: `request/${row.request_id}` }],
    rows: [{ table: requestTable, rows: [{ ...row }] }],
  };
}
