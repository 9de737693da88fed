import { eventActor, tenantScope, type Actor } from '#access';
import { LabelShown, type InstantText, type ReadingKind } from '#contracts';
import { CLOCK, EventLog, IDS, type Clock, type Ids } from '#events';
import { UnitOfWork, type Scope, type Tx } from '#persistence';
import { Inject, Injectable } from '@nestjs/common';
import { noteReadings, notedToday } from './reading.rows.ts';
import { onePerClient, type Shown, type Sight } from './reading.ts';

export interface ReadingCause {
  readonly correlationId: string;
  readonly traceparent: string | null;
}

const mostRemembered = 50_000;

/** A reader sees a client of another organization for the first time today: the read starts again, to be recorded. */
class FirstSight extends Error {}

/**
 * Records what people read of clients, before the answer is sent: of their own organization's clients in the access log,
 * of others' in the disclosure ledger as well. Once for each client, reader, kind and day; what is recorded is remembered
 * here, so that reading again costs nothing.
 */
@Injectable()
export class ReadingLog {
  private readonly remembered = new Set<string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Clients of the reader's own organization. Call it last in a transaction: it changes the scope to the reader's own. */
  async own(tx: Tx, actor: Actor, kind: ReadingKind, clientIds: readonly string[]): Promise<void> {
    const now = this.clock.now();
    const fresh = this.fresh(actor, kind, now, clientIds);
    if (fresh.length === 0) return;
    await this.note(tx, actor, kind, now, fresh);
  }

  /**
   * Gives the answer of a read that may show clients of others. The first read of the day is an event in the reader's
   * stream, in the transaction that read it: like a packet's event, it is durable before the answer is sent. The stream
   * must be locked before anything else, so the read starts again.
   */
  async across<T>(
    scope: Scope,
    by: { readonly actor: Actor; readonly cause: ReadingCause },
    read: (tx: Tx) => Promise<Shown<T>>,
  ): Promise<T> {
    try {
      return await this.unitOfWork.run(scope, async (tx) => {
        const shown = await read(tx);
        await this.refuseFirstSight(tx, by.actor, shown);
        await this.own(tx, by.actor, shown.kind, shown.own);
        return shown.answer;
      });
    } catch (error) {
      if (!(error instanceof FirstSight)) throw error;
    }
    return this.unitOfWork.run(scope, async (tx) => {
      const version = await this.log.lockStream(tx, by.actor.personId);
      const shown = await read(tx);
      await this.own(tx, by.actor, shown.kind, shown.own);
      await this.record(tx, by, version, shown);
      return shown.answer;
    });
  }

  private async refuseFirstSight<T>(tx: Tx, actor: Actor, { across }: Shown<T>): Promise<void> {
    const now = this.clock.now();
    const clientIds = across.map((each) => each.clientId);
    const fresh = this.fresh(actor, 'label', now, clientIds);
    if (fresh.length === 0) return;
    await tx.useScope(tenantScope(actor));
    const noted = await notedToday(tx, actor, 'label', now, fresh);
    if (fresh.some((clientId) => !noted.has(clientId))) throw new FirstSight();
    this.rememberAfter(tx, actor, 'label', now, fresh);
  }

  private async record<T>(
    tx: Tx,
    { actor, cause }: { readonly actor: Actor; readonly cause: ReadingCause },
    version: number,
    { across }: Shown<T>,
  ): Promise<void> {
    const now = this.clock.now();
    const sights = onePerClient(across);
    const fresh = await this.note(
      tx,
      actor,
      'label',
      now,
      sights.map((each) => each.clientId),
    );
    const events = sights
      .filter(({ clientId }) => fresh.has(clientId))
      .map((sight) => ({ event: this.shown(actor, sight), subject: `client/${sight.clientId}` }));
    if (events.length === 0) return;
    await this.log.record(tx, { key: actor.personId, version, now, actor: eventActor(actor), ...cause, events });
  }

  private shown({ personId, organizationId }: Actor, { permission, ...sight }: Sight): LabelShown {
    return LabelShown.of({
      ...sight,
      disclosureId: this.ids.next(),
      toOrganizationId: organizationId,
      readerId: personId,
      categories: ['core-contact'],
      purpose: permission.purpose,
      consentIds: permission.consentIds,
    });
  }

  private async note(
    tx: Tx,
    actor: Actor,
    kind: ReadingKind,
    now: InstantText,
    clientIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    await tx.useScope(tenantScope(actor));
    const readings = clientIds.map((clientId) => ({ readingId: this.ids.next(), clientId }));
    const fresh = await noteReadings(tx, actor, kind, now, readings);
    this.rememberAfter(tx, actor, kind, now, clientIds);
    return fresh;
  }

  private fresh(actor: Actor, kind: ReadingKind, now: InstantText, clientIds: readonly string[]): readonly string[] {
    return [...new Set(clientIds)].filter((clientId) => !this.remembered.has(wordOf(actor, kind, now, clientId)));
  }

  // Only what is durable is remembered.
  private rememberAfter(tx: Tx, actor: Actor, kind: ReadingKind, now: InstantText, clientIds: readonly string[]): void {
    tx.afterCommit(() => {
      if (this.remembered.size > mostRemembered) this.remembered.clear();
      for (const clientId of clientIds) this.remembered.add(wordOf(actor, kind, now, clientId));
    });
  }
}

function wordOf({ personId, organizationId }: Actor, kind: ReadingKind, now: InstantText, clientId: string): string {
  return `${now.slice(0, 10)} ${kind} ${personId} ${organizationId} ${clientId}`;
}
