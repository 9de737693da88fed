import {
  AccessEnded,
  AccessGranted,
  NeedSettled,
  networkRoles,
  OrganizationChanged,
  PersonChanged,
  ReferralClosed,
  ReferralCreated,
  riverCounty,
  seedOrganizationId,
  seedOrganizations,
  seedPeople,
  TaskAccepted,
  TaskCompleted,
  TaskDeclined,
  TaskDrafted,
  TaskReceived,
  TaskRestored,
  TaskSent,
  TaskSuspended,
  TaskWithdrawn,
  type DomainEvent,
  type EventActor,
  type EventEnvelope,
  type InstantText,
  type ReturnPath,
  type SeedPerson,
} from '#contracts';
import { seededIds } from '#testing';

const ids = seededIds(7);
const at: InstantText = '2026-11-24T08:00:00.000Z';
const system: EventActor = { id: null, role: 'system', organizationId: null };

const sources = { referral: '/referrals', consent: '/consent', identity: '/identity', directory: '/directory' };

const sourceOf = (type: string): string => sources[type.split('.')[0] as keyof typeof sources];

export function envelope(key: string, streamVersion: number, event: DomainEvent, actor = system): EventEnvelope {
  return {
    id: ids.next(),
    type: event.type,
    schemaVersion: 1,
    source: sourceOf(event.type),
    subject: `test/${key}`,
    time: at,
    key,
    streamVersion,
    actor,
    causationId: null,
    correlationId: ids.next(),
    traceparent: null,
    event,
  };
}

/** An event of consent about the disclosure ledger, in a stream of its own. */
export function bySystem(event: DomainEvent): EventEnvelope {
  return envelope(ids.next(), 1, event);
}

/** An event of identity about a person of the seed. */
export function person(
  login: string,
  version = 1,
  change: Partial<Pick<PersonChanged, 'active' | 'roles' | 'language'>> = {},
): EventEnvelope {
  const seed = seedPeople.find((each) => each.login === login) as SeedPerson;
  const { personId, language } = seed;
  const roles = networkRoles.filter((role) => seed.roles.includes(role));
  const organizationId = seedOrganizationId(seed.organizationCode);
  const { networkId } = riverCounty;
  const said = { personId, organizationId, networkId, roles, active: true, language, ...change };
  return envelope(personId, version, PersonChanged.of(said));
}

/** The events of identity and directory after seeding. */
export const everybody = (): readonly EventEnvelope[] => [
  ...seedOrganizations.map(({ organizationId, kind }) =>
    envelope(
      organizationId,
      1,
      OrganizationChanged.of({
        organizationId,
        networkId: riverCounty.networkId,
        kind,
        active: true,
        victimService: false,
      }),
    ),
  ),
  ...seedPeople.map(({ login }) => person(login)),
];

/** The log of one referral by Dana of St. Brigid, with one Task offered to Harbor House. */
export class ReferralLog {
  readonly referralId = ids.next();
  readonly taskId = ids.next();
  readonly clientId = ids.next();
  readonly accessId = ids.next();
  private readonly serviceRequestId = ids.next();
  private version = 0;
  private readonly dana: EventActor = {
    id: person('dana.planner').key,
    role: 'discharge-planner',
    organizationId: seedOrganizationId('st-brigid'),
  };

  get length(): number {
    return this.version;
  }

  created(): EventEnvelope {
    return this.says(
      ReferralCreated.of({
        referralId: this.referralId,
        clientId: this.clientId,
        senderOrganizationId: seedOrganizationId('st-brigid'),
        networkId: riverCounty.networkId,
        priority: 'routine',
      }),
      this.dana,
    );
  }

  drafted(): EventEnvelope {
    const recipientOrganizationId = seedOrganizationId('harbor-house');
    return this.says(
      TaskDrafted.of({ ...this.ofTask, need: 'housing', recipientOrganizationId, assignment: 'directed' }),
      this.dana,
    );
  }

  sent(returnPath: ReturnPath = 'outcome'): EventEnvelope {
    return this.says(
      TaskSent.of({
        ...this.ofTask,
        need: 'housing',
        senderOrganizationId: seedOrganizationId('st-brigid'),
        recipientOrganizationId: seedOrganizationId('harbor-house'),
        priority: 'routine',
        returnPath,
        acknowledgeBy: at,
        round: 0,
      }),
      this.dana,
    );
  }

  received(): EventEnvelope {
    return this.says(TaskReceived.of({ ...this.ofTask, respondBy: at }));
  }

  accepted(): EventEnvelope {
    const ownerId = person('ines.harbor').key;
    const recipientOrganizationId = seedOrganizationId('harbor-house');
    return this.says(
      TaskAccepted.of({ ...this.ofTask, ownerId, recipientOrganizationId, claimed: false, firstContactBy: at }),
    );
  }

  declined(afterAcceptance: boolean): EventEnvelope {
    const declined = { reason: 'no-capacity', hudResult: 3, afterAcceptance, reroute: true } as const;
    return this.says(TaskDeclined.of({ ...this.ofTask, ...declined }));
  }

  granted(): EventEnvelope {
    return this.says(
      AccessGranted.of({
        referralId: this.referralId,
        accessId: this.accessId,
        taskId: this.taskId,
        clientId: this.clientId,
        fromOrganizationId: seedOrganizationId('st-brigid'),
        toOrganizationId: seedOrganizationId('harbor-house'),
        categories: ['core-contact'],
        purpose: 'care-coordination',
        consentIds: [],
        noticeCodes: [],
      }),
    );
  }

  /** Consent was revoked; with an instant: it expired then. */
  consentEnded(consentEndedAt?: string): EventEnvelope {
    const { referralId, accessId, taskId, clientId } = this;
    const ending =
      consentEndedAt === undefined
        ? { cause: 'consent' as const }
        : { cause: 'consent-expired' as const, consentEndedAt };
    return this.says(AccessEnded.of({ referralId, accessId, taskId, clientId, ...ending }));
  }

  suspended(): EventEnvelope {
    return this.says(TaskSuspended.of({ ...this.ofTask, fromState: 'received' }));
  }

  restored(): EventEnvelope {
    return this.says(TaskRestored.of({ ...this.ofTask, toState: 'received' }));
  }

  withdrawnFor(reason: 'consent-revoked' | 'client-declined'): EventEnvelope {
    const by = reason === 'consent-revoked' ? 'system' : 'sender';
    return this.says(TaskWithdrawn.of({ ...this.ofTask, reason, by }));
  }

  completed(): EventEnvelope {
    return this.says(TaskCompleted.of({ ...this.ofTask, outcome: 'housed', outputCount: 1 }));
  }

  settled(byHand: boolean): EventEnvelope {
    const { referralId, serviceRequestId } = this;
    return this.says(NeedSettled.of({ referralId, serviceRequestId, result: 'unmet', byHand }));
  }

  closed(): EventEnvelope {
    const counts = { metCount: 0, partlyMetCount: 0, unmetCount: 1 };
    return this.says(
      ReferralClosed.of({ referralId: this.referralId, closeCode: 'closed-without-service', ...counts }),
    );
  }

  /** The events up to a Task that is in the agency's inbox. */
  toSent(returnPath?: ReturnPath): readonly EventEnvelope[] {
    return [this.created(), this.drafted(), this.granted(), this.sent(returnPath)];
  }

  private get ofTask(): { referralId: string; taskId: string; serviceRequestId: string } {
    return { referralId: this.referralId, taskId: this.taskId, serviceRequestId: this.serviceRequestId };
  }

  private says(event: DomainEvent, actor = system): EventEnvelope {
    this.version += 1;
    return envelope(this.referralId, this.version, event, actor);
  }
}
