import type {
  AreaId,
  Category,
  ConsentId,
  HealthcareServiceId,
  InstantText,
  Need,
  Openness,
  OrganizationId,
  PersonId,
  Purpose,
  ReturnPath,
  TaskId,
} from '#contracts';
import type { ContactRule } from './contact.ts';
import type { Policy } from './policy.ts';

export type { Policy, TimerLength, TimerPolicy } from './policy.ts';

/** The consent gate's answer for one organization, already cut to now. Not `fresh`: nothing may leave on it. */
export interface ConsentFact {
  readonly fresh: boolean;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly returnPath: ReturnPath;
  readonly consentIds: readonly ConsentId[];
  readonly validUntil: InstantText | null;
}

/** A directory entry as referrals knows it. `required`, `asked`: its template. */
export interface ServiceFact {
  readonly healthcareServiceId: HealthcareServiceId;
  readonly organizationId: OrganizationId;
  readonly need: Need;
  readonly areaIds: readonly AreaId[];
  readonly openness: Openness;
  readonly required: readonly Category[];
  readonly asked: readonly Category[];
  readonly active: boolean;
  readonly organizationActive: boolean;
}

export interface OwnerFact {
  readonly personId: PersonId;
  readonly organizationId: OrganizationId;
  readonly active: boolean;
}

export interface CandidateFact {
  readonly healthcareServiceId: HealthcareServiceId;
  readonly organizationId: OrganizationId;
  readonly consent: ConsentFact | null;
  readonly service: ServiceFact | null;
}

export interface EligibleFact {
  readonly organizationId: OrganizationId;
  readonly healthcareServiceId: HealthcareServiceId;
  readonly required: readonly Category[];
  readonly asked: readonly Category[];
  readonly consent: ConsentFact | null;
}

/** What every decision may read besides the state: looked up by the shell, under its locks, before deciding. */
export interface KnownFacts {
  readonly now: InstantText;
  readonly newId: () => string;
  readonly policy: Policy;
  /** Somebody reported that the client died, and nobody took it back. */
  readonly clientDied: boolean;
}

/** What is looked up only for a decision that names it (`FactName`). null or empty: there is none. */
export interface LookedUp {
  /** How the client may be reached. */
  readonly contact: ContactRule;
  /** The target of send, offer, redirect, reopen; the Task's own service for review-consent. */
  readonly service: ServiceFact | null;
  readonly owner: OwnerFact | null;
  /** For the service's organization. */
  readonly consent: ConsentFact | null;
  /** When what consent allowed the Task's organization (or a pool's), and the coordinating one, ended by itself. */
  readonly consentExpiredAt: InstantText | null;
  readonly coordinatorConsentExpiredAt: InstantText | null;
  readonly coordinatorConsent: ConsentFact | null;
  readonly coordinatingOrganizationId: OrganizationId | null;
  /** For a pool: organizations that serve the need and area and are open, each with its own consent. */
  readonly eligible: readonly EligibleFact[];
  /** For propose-reroute, in rank order. */
  readonly candidates: readonly CandidateFact[];
  /** For send-referral: what decides the sending of each Task. */
  readonly sendings: ReadonlyMap<TaskId, FactsOfSending>;
  /** For the timer deliver-by: a notification of the sending reached somebody at the agency. */
  readonly delivered: boolean;
}

/** What is looked up together, under one name. */
interface FieldsOfFact {
  readonly contact: 'contact';
  readonly service: 'service';
  readonly owner: 'owner';
  readonly consent:
    | ('consent' | 'consentExpiredAt')
    | ('coordinatingOrganizationId' | 'coordinatorConsent' | 'coordinatorConsentExpiredAt');
  readonly eligible: 'eligible';
  readonly candidates: 'candidates';
  readonly sendings: 'sendings';
  readonly delivered: 'delivered';
}

/** What decides the sending of one Task. */
export type FactsOfSending = Pick<LookedUp, FieldsOfFact['service' | 'consent' | 'eligible']>;

/** By which name a command, or a row of the table of Tasks, asks for facts. */
export type FactName = keyof FieldsOfFact;

/** The facts of a decision that named these: what it did not name it cannot read. */
export type FactsWith<Name extends FactName = never> = KnownFacts & Pick<LookedUp, FieldsOfFact[Name]>;

/** Every fact there is. */
export type Facts = FactsWith<FactName>;
