import {
  AccessEnded,
  AccessGranted,
  NeedAdded,
  PacketOpened,
  TaskConsentAwaited,
  TaskDrafted,
  TaskSent,
  type AccessEndCause,
  type AccessEvent,
  type AttachmentEvent,
  type EventActor,
  type InstantText,
  type Need,
  type Priority,
  type ReferralEvent,
  type ReturnPath,
  type TaskEvent,
} from '#contracts';
import { actors, cast, idOf } from './cast.ts';
import type { PastEvent } from './given-when-then.ts';

export type AnyEvent = ReferralEvent | TaskEvent | AccessEvent | AttachmentEvent;

export const storyStart: InstantText = '2026-03-02T09:00:00.000Z';
export const hour = 3_600_000;
export const day = 24 * hour;

export interface Scene {
  readonly events: readonly PastEvent<AnyEvent>[];
  readonly now: InstantText;
  readonly serviceRequestId: string;
  readonly need: Need;
  readonly taskId: string;
  readonly recipient: string | null;
  readonly priority: Priority;
}

/**
 * A history of one referral, built event by event, so that no test uses a state that no history leads to. Every method
 * appends facts for the Task that was drafted last (or selected with `on`) and returns a new history.
 */
export abstract class History {
  constructor(protected readonly scene: Scene) {}

  get events(): readonly PastEvent<AnyEvent>[] {
    return this.scene.events;
  }

  get now(): InstantText {
    return this.scene.now;
  }

  get taskId(): string {
    return this.scene.taskId;
  }

  wait(time: { readonly days?: number; readonly hours?: number }): this {
    const now = this.in((time.days ?? 0) * day + (time.hours ?? 0) * hour);
    return this.with({ ...this.scene, now });
  }

  on(taskId: string, recipient: string | null = this.scene.recipient): this {
    return this.with({ ...this.scene, taskId, recipient });
  }

  needing(need: Need): this {
    const serviceRequestId = need === 'housing' ? cast.housing : cast.health;
    const next = this.with({ ...this.scene, serviceRequestId, need });
    return next.tell(
      actors.dana,
      NeedAdded.of({ referralId: cast.referral, serviceRequestId, need, areaId: cast.north }),
    );
  }

  drafted(
    to: { readonly organization: string; readonly service: string } | 'pool' = {
      organization: cast.harbor,
      service: cast.harborBeds,
    },
    options: { taskId?: string; by?: EventActor; reopensTaskId?: string; replacesTaskId?: string } = {},
  ): this {
    const { by = actors.dana, taskId = this.scene.taskId, ...links } = options;
    const next = this.on(taskId, to === 'pool' ? null : to.organization);
    return next.tell(
      by,
      TaskDrafted.of({
        ...next.ids(),
        need: this.scene.need,
        assignment: to === 'pool' ? 'pool' : 'directed',
        ...(to === 'pool' ? {} : { healthcareServiceId: to.service, recipientOrganizationId: to.organization }),
        ...links,
      }),
    );
  }

  awaitingConsent(): this {
    return this.tell(
      actors.dana,
      TaskConsentAwaited.of({
        ...this.ids(),
        clientId: cast.client,
        categories: ['core-contact', 'stated-need'],
        purpose: 'care-coordination',
        ...(this.scene.recipient === null ? {} : { recipientOrganizationId: this.scene.recipient }),
      }),
    );
  }

  sent(options: { returnPath?: ReturnPath; eligible?: readonly string[]; withCouncil?: boolean } = {}): this {
    const { returnPath = 'outcome', eligible, withCouncil = false } = options;
    const { recipient, need, priority } = this.scene;
    const granted = recipient === null ? this : this.granted(recipient);
    return (withCouncil ? granted.granted(cast.council) : granted).tell(
      actors.dana,
      TaskSent.of({
        ...this.ids(),
        need,
        senderOrganizationId: cast.hospital,
        priority,
        returnPath,
        acknowledgeBy: this.in(priority === 'urgent' ? 4 * hour : 3 * day),
        deliverBy: this.in(hour / 4),
        round: 0,
        ...(recipient === null ? {} : { recipientOrganizationId: recipient }),
        ...(eligible === undefined ? {} : { eligibleOrganizationIds: eligible }),
      }),
    );
  }

  granted(to: string): this {
    return this.tell(
      actors.dana,
      AccessGranted.of({
        referralId: cast.referral,
        accessId: this.accessId(to),
        taskId: this.scene.taskId,
        clientId: cast.client,
        fromOrganizationId: cast.hospital,
        toOrganizationId: to,
        categories: ['core-contact', 'stated-need'],
        purpose: 'care-coordination',
        consentIds: [cast.consent],
        noticeCodes: [],
      }),
    );
  }

  accessEnded(cause: AccessEndCause, to: string = this.scene.recipient ?? cast.harbor): this {
    const ids = { referralId: cast.referral, taskId: this.scene.taskId, clientId: cast.client };
    return this.tell(actors.system, AccessEnded.of({ ...ids, accessId: this.accessId(to), cause }));
  }

  opened(by: string = this.scene.recipient ?? cast.harbor): this {
    return this.tell(
      actors.ines,
      PacketOpened.of({
        referralId: cast.referral,
        disclosureId: idOf('c', this.scene.events.length),
        taskId: this.scene.taskId,
        clientId: cast.client,
        fromOrganizationId: cast.hospital,
        toOrganizationId: by,
        direction: 'send',
        readerId: cast.ines,
        categories: ['core-contact', 'stated-need'],
        purpose: 'care-coordination',
        consentIds: [cast.consent],
        noticeCodes: [],
        first: true,
      }),
    );
  }

  /** Appends an event that has no method of its own. */
  tell(actor: EventActor, event: AnyEvent): this {
    const events = [...this.scene.events, { event, time: this.scene.now, actor }];
    return this.with({ ...this.scene, events });
  }

  protected ids(): { referralId: string; taskId: string; serviceRequestId: string } {
    const { taskId, serviceRequestId } = this.scene;
    return { referralId: cast.referral, taskId, serviceRequestId };
  }

  protected accessId(to: string): string {
    return idOf('d', Number.parseInt(this.scene.taskId.slice(-4), 16) * 16 + Number.parseInt(to.slice(-2), 16));
  }

  protected in(milliseconds: number): InstantText {
    return new Date(Date.parse(this.scene.now) + milliseconds).toISOString();
  }

  private with(scene: Scene): this {
    return new (this.constructor as new (scene: Scene) => this)(scene);
  }
}
