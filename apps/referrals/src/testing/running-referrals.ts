import {
  ConsentWatermark,
  HealthcareServiceChanged,
  NotificationDelivered,
  OrganizationChanged,
  networkRoles,
  partitionsPerTopic,
  PermissionChanged,
  PersonChanged,
  PolicyChanged,
  riverCounty,
  seedAreaId,
  seedOrganizationId,
  seedPeople,
  topicOf,
  type Category,
  type DomainEvent,
  type Need,
  type Openness,
  type ReferralView,
  type TaskView,
  schemaVersionOf,
} from '#contracts';
import { headersOf, type OutgoingMessage } from '#events';
import { withClient } from '#persistence';
import { testService, type TestRequest, type TestService } from '#testing';
import { ReferralsModule } from '../referrals.module.ts';

export interface Answered<T = unknown> {
  readonly status: number;
  readonly text: string;
  readonly body: T;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The referrals service alone: with the events of directory and consent that a spec needs, asked by people of the seed. */
export class RunningReferrals {
  private readonly versions = new Map<string, number>();

  private constructor(readonly at: TestService) {}

  static async start(changes: Parameters<typeof testService>[2] = {}): Promise<RunningReferrals> {
    return new RunningReferrals(await testService(ReferralsModule, 'referrals', changes));
  }

  close(): Promise<void> {
    return this.at.close();
  }

  async ask<T>(
    login: string,
    path: string,
    body?: unknown,
    headers: TestRequest['headers'] = {},
  ): Promise<Answered<T>> {
    const method = body === undefined ? 'GET' : 'POST';
    const { statusCode, body: text, headers: answer } = await this.at.ask(login, { method, path, body, headers });
    return { status: statusCode, text, body: JSON.parse(text) as T, headers: answer };
  }

  command<T>(login: string, path: string, body: object, ifMatch?: number): Promise<Answered<T>> {
    return this.ask<T>(login, path, body, {
      'idempotency-key': this.at.ids.next(),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    });
  }

  /** Reads as the database's owner; `sql` names its tables with their schema. */
  rows<T extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly T[]> {
    return withClient(this.at.deployment.adminUrl, async (client) => (await client.query<T>(sql, [...values])).rows);
  }

  /** Publishes a healthcare service of an organization of the seed. `asked`: what its template asks beyond what all require. */
  async offers(organization: string, need: Need, asked: readonly Category[]): Promise<string> {
    const healthcareServiceId = this.at.ids.next();
    const organizationId = seedOrganizationId(organization);
    const { networkId } = riverCounty;
    await this.tell(
      organizationId,
      OrganizationChanged.of({ organizationId, networkId, kind: 'agency', active: true, victimService: false }),
    );
    await this.opens({ healthcareServiceId, organizationId, need, asked });
    return healthcareServiceId;
  }

  /** Publishes the service as the directory does: open, unless the spec says otherwise. */
  opens(
    service: Pick<HealthcareServiceChanged, 'healthcareServiceId' | 'organizationId' | 'need' | 'asked'>,
    openness: Openness = 'open',
  ): Promise<void> {
    return this.tell(
      service.healthcareServiceId,
      HealthcareServiceChanged.of({
        ...{ ...service, openness, areaIds: [seedAreaId('north')], required: ['core-contact', 'stated-need'] },
        ...{ active: true, version: this.next(`service ${service.healthcareServiceId}`) },
      }),
    );
  }

  /** Publishes a person of the seed who may own a Task. */
  async knows(login: string): Promise<string> {
    const person = seedPeople.find((each) => each.login === login);
    if (person === undefined) throw new Error(`nobody signs in as ${login}`);
    const { personId, organizationCode } = person;
    const roles = networkRoles.filter((role) => person.roles.includes(role));
    const organizationId = seedOrganizationId(organizationCode);
    const { networkId } = riverCounty;
    await this.tell(
      personId,
      PersonChanged.of({ personId, organizationId, networkId, roles, active: true, language: 'en' }),
    );
    return personId;
  }

  /** Publishes the policy `first-accept`: several agencies may be offered one need, and the first that accepts gets it. */
  async offersToSeveral(): Promise<void> {
    const { networkId } = riverCounty;
    await this.tell(
      networkId,
      PolicyChanged.of({ networkId, reroute: 'propose', offer: 'first-accept', declineReview: false }),
    );
  }

  /** Publishes consent's whole present answer for a client and an organization; our view of it is then fresh. */
  async allows(clientId: string, organization: string, categories: readonly Category[]): Promise<void> {
    await this.tell(
      clientId,
      PermissionChanged.of({
        ...{ clientId, recipientOrganizationId: seedOrganizationId(organization), categories, returnPath: 'outcome' },
        ...{ purpose: 'care-coordination', direction: 'send', permissionVersion: this.next(`permission ${clientId}`) },
        ...{ consentIds: [this.at.ids.next()], validFrom: this.at.clock.now(), intermediary: false },
      }),
    );
    await this.stillFresh();
  }

  /** A referral of the seed's planner with a need for each service. */
  async referral(
    services: readonly (readonly [need: Need, healthcareServiceId: string])[],
    client: object = {},
  ): Promise<ReferralView> {
    const answer = await this.command<ReferralView>('dana.planner', 'referrals', {
      client: {
        given: 'Mara',
        family: 'Quill',
        birthDate: '1984-05-06',
        language: 'en',
        contactProhibited: false,
        ...client,
      },
      priority: 'routine',
      needs: services.map(([need, healthcareServiceId]) => this.need(need, healthcareServiceId)),
    });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body;
  }

  /** Publishes that somebody at the agency was notified of the sending. */
  async delivered(referralId: string, taskId: string): Promise<void> {
    await this.tell(
      referralId,
      NotificationDelivered.of({
        ...{ deliveryId: this.at.ids.next(), taskId, channel: 'in-app', template: 'task-sent' },
        ...{ recipientOrganizationId: seedOrganizationId('harbor-house'), personId: this.at.ids.next() },
      }),
    );
  }

  need(need: Need, healthcareServiceId: string): object {
    return { need, areaId: seedAreaId('north'), statedNeed: 'From Friday', healthcareServiceId };
  }

  async send(taskId: string): Promise<TaskView> {
    const { body } = await this.ask<TaskView>('dana.planner', `tasks/${taskId}`);
    const answer = await this.command<TaskView>('dana.planner', `tasks/${taskId}/send`, {}, body.version);
    if (answer.body.state !== 'sent') throw new Error(answer.text);
    return answer.body;
  }

  private async stillFresh(): Promise<void> {
    const event = ConsentWatermark.of({ asOf: this.at.clock.now() });
    const message = this.message('watermark', event);
    const publisher = this.at.deployment.transport.publisher('consent');
    const partitions = Array.from({ length: partitionsPerTopic }, (_, partition) => partition);
    await publisher.send(
      'consent.events',
      partitions.map((partition) => ({ ...message, key: null, partition })),
    );
    await this.at.service.settle();
  }

  async tell(key: string, event: DomainEvent): Promise<void> {
    await this.at.deployment.transport.publisher('others').send(topicOf(event.type), [this.message(key, event)]);
    await this.at.service.settle();
  }

  private message(key: string, event: DomainEvent): OutgoingMessage {
    const { type } = event;
    const headers = headersOf({
      ...{ id: this.at.ids.next(), type, event, key, time: this.at.clock.now(), subject: `spec/${key}` },
      ...{ source: `/${type.split('.')[0] ?? ''}`, correlationId: this.at.ids.next() },
      ...{ streamVersion: this.next(key), causationId: null, traceparent: null },
      schemaVersion: schemaVersionOf(event),
      actor: { id: null, role: 'system', organizationId: null },
    });
    return { key, value: JSON.stringify(event), headers };
  }

  private next(key: string): number {
    const version = (this.versions.get(key) ?? 0) + 1;
    this.versions.set(key, version);
    return version;
  }
}
