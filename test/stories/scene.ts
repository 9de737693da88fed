import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import {
  seedAreaId,
  seedHealthcareServices,
  seedOrganizationId,
  seedPeople,
  type PacketView,
  type ReferralView,
  type TaskView,
} from '#contracts';
import { Person, until, type Deployment } from './people.ts';

export interface Items<T> {
  readonly items: readonly T[];
}

interface InboxRow {
  readonly taskId: string;
  readonly state: string;
}

export const canary = `Zz${randomUUID().slice(0, 8)}`;

/** Names that must appear only in the sender's rows and the packets. */
export const canaryNames = { given: `Given${canary}`, family: `Family${canary}`, statedNeed: `Stated${canary}` };

export function needBody(
  code: string,
  serviceCode: string,
  details: readonly { category: string; text: string }[],
): object {
  const service = seedHealthcareServices.find((each) => each.code === serviceCode);
  return {
    need: code,
    areaId: seedAreaId('north'),
    statedNeed: `${canaryNames.statedNeed} ${code}`,
    details,
    healthcareServiceId: service?.healthcareServiceId,
  };
}

export function consentFor(clientId: string, recipients: readonly string[], categories: readonly string[]): object {
  return {
    clientId,
    kind: 'named-recipient',
    disclosers: [seedOrganizationId('st-brigid')],
    recipients: recipients.map(seedOrganizationId),
    intermediaryId: seedOrganizationId('river-council'),
    categories,
    purposes: ['care-coordination'],
    directions: ['send', 'return'],
    returnPath: 'outcome',
    expiresOn: '2099-12-31',
    signedName: `${canaryNames.given} ${canaryNames.family}`,
    signer: { relation: 'self', name: `${canaryNames.given} ${canaryNames.family}` },
    method: 'e-signature',
    statementVersion: '2026-01',
    language: 'en',
    signedAt: new Date(Date.now() - 60_000).toISOString(),
  };
}

export function personId(login: string): string {
  return seedPeople.find((person) => person.login === login)?.personId as string;
}

export function task(person: Person, taskId: string): Promise<TaskView> {
  return person.get<TaskView>(`/api/referrals/tasks/${taskId}`);
}

/** Reads the Task, checks that the action is offered, and takes it with the version just read. */
export async function act(person: Person, taskId: string, action: string, body: object, query = ''): Promise<TaskView> {
  const before = await task(person, taskId);
  expect(before.legalMoves.map((move) => move.action)).toContain(action);
  return person.post<TaskView>(`/api/referrals/tasks/${taskId}/${action}${query}`, body, before.version);
}

/** With an output at the time of acceptance: by the platform's clock, no earlier one is accepted. */
export async function complete(person: Person, taskId: string, outcome: string): Promise<TaskView> {
  const { acceptedAt } = await task(person, taskId);
  return act(person, taskId, 'complete', { outcome, outputs: [{ kind: 'service-delivered', at: acceptedAt }] });
}

export async function open(person: Person, taskId: string): Promise<PacketView> {
  const reply = await person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' });
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  const packet = reply.body as PacketView;
  expect(reply.headers.get('disclosure-id')).toBe(packet.disclosureId);
  return packet;
}

export async function inInbox(person: Person, taskId: string, seconds?: number): Promise<void> {
  await until(
    () => person.get<Items<InboxRow>>('/api/coordination/inbox'),
    ({ items }) => items.some((row) => row.taskId === taskId),
    seconds,
  );
}

/** A declined Task's packet answers like one that does not exist. */
export async function expectGone(person: Person, taskId: string): Promise<void> {
  const declined = await person.ask('POST', `/api/referrals/tasks/${taskId}/packet`, { purpose: 'care-coordination' });
  const unknown = await person.ask('POST', '/api/referrals/tasks/0190a0c0-0000-7000-8000-00ffffffffff/packet', {
    purpose: 'care-coordination',
  });
  expect([declined.status, declined.text]).toEqual([404, unknown.text]);
}

export function clientOf(): object {
  return {
    given: canaryNames.given,
    family: canaryNames.family,
    birthDate: '1984-05-06',
    language: 'en',
    phone: '+15550100',
    contactProhibited: false,
  };
}

/** A referral of one need, drafted for one service. */
export async function drafted(
  deployment: Deployment,
  need: string,
  serviceCode: string,
): Promise<{
  readonly referralId: string;
  readonly clientId: string;
  readonly serviceRequestId: string;
  readonly taskId: string;
}> {
  const { referralId, clientId, needs } = await new Person(deployment, 'dana.planner').post<ReferralView>(
    '/api/referrals/referrals',
    { client: clientOf(), priority: 'routine', needs: [needBody(need, serviceCode, [])] },
  );
  const [first] = needs;
  return {
    referralId,
    clientId,
    serviceRequestId: first?.serviceRequestId as string,
    taskId: first?.tasks[0]?.taskId as string,
  };
}

/** Records a consent and waits until referrals has read it. */
export async function consented(
  deployment: Deployment,
  clientId: string,
  recipients: readonly string[],
  categories: readonly string[] = ['core-contact', 'stated-need'],
): Promise<{ readonly consentId: string; readonly version: number; readonly after: string }> {
  const reply = await new Person(deployment, 'dana.planner').command(
    'POST',
    '/api/consent/consents',
    consentFor(clientId, recipients, categories),
  );
  expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
  const { consentId, version } = reply.body as { consentId: string; version: number };
  return { consentId, version, after: `?after=${encodeURIComponent(reply.position ?? '')}` };
}

/** A Task that is in its agency's inbox. */
export async function sent(
  deployment: Deployment,
  need = 'housing',
  serviceCode = 'harbor-beds',
  organizationCode = 'harbor-house',
): Promise<Awaited<ReturnType<typeof drafted>> & { readonly consentId: string; readonly consentVersion: number }> {
  const scene = await drafted(deployment, need, serviceCode);
  const { after, consentId, version } = await consented(deployment, scene.clientId, [organizationCode]);
  expect((await act(new Person(deployment, 'dana.planner'), scene.taskId, 'send', {}, after)).state).toBe('sent');
  return { ...scene, consentId, consentVersion: version };
}
