import {
  NeedAdded,
  ReferralCreated,
  riverCounty,
  seedHealthcareServices,
  seedOrganizationId,
  seedPeople,
  TaskDrafted,
  TaskSent,
  type DomainEvent,
  type EventActor,
  type EventClass,
  type EventEnvelope,
  type InstantText,
  type Need,
  type Role,
} from '#contracts';
import { day, hour, plus, minute } from '#tracking';

export { day, hour };

/** The seed's organizations by code. */
export const org = seedOrganizationId;
export const networkId = riverCounty.networkId;

export function serviceId(code: string): string {
  const found = seedHealthcareServices.find((each) => each.code === code);
  if (found === undefined) throw new Error(`no seed service ${code}`);
  return found.healthcareServiceId;
}

/** A seed person as the actor of an event. */
export function by(login: string): EventActor {
  const person = seedPeople.find((each) => each.login === login);
  if (person === undefined) throw new Error(`nobody is called ${login}`);
  return { id: person.personId, role: person.roles[0] as Role, organizationId: org(person.organizationCode) };
}

export const bySystem: EventActor = { id: null, role: 'system', organizationId: null };

/** The events of one referral as the referrals service publishes them, each with its stream version and its time. */
export class ReferralEvents {
  readonly envelopes: EventEnvelope[] = [];
  private counted = 0;

  constructor(
    readonly referralId: string,
    private at: InstantText = '2026-11-24T08:00:00.000Z',
    private readonly ids: () => string = countedIds(referralId),
  ) {}

  /** One more event; a minute passes. */
  add<E extends DomainEvent>(
    eventClass: EventClass<E> & { of(fields: Omit<E, 'type'>): E },
    fields: Omit<E, 'type' | 'referralId'>,
    actor: EventActor = bySystem,
  ): this {
    const event = eventClass.of({ referralId: this.referralId, ...fields } as unknown as Omit<E, 'type'>);
    this.counted += 1;
    const taskId = (fields as { readonly taskId?: string }).taskId;
    this.envelopes.push({
      id: this.ids(),
      type: event.type,
      schemaVersion: 1,
      source: '/referrals',
      subject: taskId === undefined ? `referral/${this.referralId}` : `task/${taskId}`,
      time: this.at,
      key: this.referralId,
      streamVersion: this.counted,
      actor,
      causationId: null,
      correlationId: this.ids(),
      traceparent: null,
      event,
    });
    return this.wait(minute);
  }

  wait(milliseconds: number): this {
    this.at = plus(this.at, milliseconds);
    return this;
  }

  get now(): InstantText {
    return this.at;
  }

  in(milliseconds: number): InstantText {
    return plus(this.at, milliseconds);
  }

  created(priority: 'routine' | 'urgent' = 'routine'): this {
    const client = { clientId: this.ids(), senderOrganizationId: org('st-brigid') };
    return this.add(ReferralCreated, { ...client, networkId, priority }, by('dana.planner'));
  }

  need(serviceRequestId: string, need: Need): this {
    return this.add(NeedAdded, { serviceRequestId, need, areaId: networkId }, by('dana.planner'));
  }

  /** A draft for an organization's service. */
  drafted(task: TaskIds, need: Need, organization: string, service: string): this {
    return this.add(
      TaskDrafted,
      {
        ...task,
        need,
        assignment: 'directed',
        recipientOrganizationId: org(organization),
        healthcareServiceId: serviceId(service),
      },
      by('dana.planner'),
    );
  }

  sent(task: TaskIds, need: Need, organization: string, more: Partial<Omit<TaskSent, 'type'>> = {}): this {
    return this.add(
      TaskSent,
      {
        ...task,
        need,
        senderOrganizationId: org('st-brigid'),
        recipientOrganizationId: org(organization),
        priority: 'routine',
        returnPath: 'outcome',
        acknowledgeBy: this.in(3 * day),
        round: 0,
        ...more,
      },
      by('dana.planner'),
    );
  }
}

export interface TaskIds {
  readonly taskId: string;
  readonly serviceRequestId: string;
}

/** Ids that count up within a referral, so that failures can be read. */
export function countedIds(referralId: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `0190e000-${referralId.slice(-4)}-7000-8000-${count.toString(16).padStart(12, '0')}`;
  };
}

export function idNumber(kind: number, number: number): string {
  return `0190b000-${kind.toString(16).padStart(4, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export const housing: TaskIds = { serviceRequestId: idNumber(2, 1), taskId: idNumber(3, 1) };
export const counseling: TaskIds = { serviceRequestId: idNumber(2, 2), taskId: idNumber(3, 2) };

/** One referral: housing sent to Harbor House, counseling still a draft for Lakeside. */
export function twoNeeds(at: InstantText, number = 1): ReferralEvents {
  return new ReferralEvents(idNumber(1, number), at)
    .created()
    .need(housing.serviceRequestId, 'housing')
    .need(counseling.serviceRequestId, 'mental-health')
    .drafted(housing, 'housing', 'harbor-house', 'harbor-beds')
    .drafted(counseling, 'mental-health', 'lakeside', 'lakeside-clinic')
    .sent(housing, 'housing', 'harbor-house', { healthcareServiceId: serviceId('harbor-beds') });
}
