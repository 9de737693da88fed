import { seedHealthcareServices, seedOrganizationId, type ReferralView, type TaskView } from '#contracts';
import type { TestDeployment } from '../../deployment.ts';
import { Person } from '../../stories/people.ts';
import { act, clientOf, complete, consented, needBody, open, personId, task, type Items } from '../../stories/scene.ts';

/**
 * A Task for each state in which something may be done; all belong to Harbor House except `awaiting`, which is
 * WorkBridge's. In addition `pool`, which only Harbor House may claim.
 */
const taskNames = [
  ...['draft', 'sent', 'asked', 'reviewed', 'accepted', 'opened', 'held', 'leaving', 'ended'],
  'awaiting',
] as const;

/** Ids of existing things; `unknown` belongs to nothing. */
export type Scene = Readonly<Record<string, string>>;

/** One referral with a need in each state, in a network that reviews declines and confirms one of several. */
export async function setScene(deployment: TestDeployment): Promise<Scene> {
  const dana = new Person(deployment, 'dana.planner');
  const ines = new Person(deployment, 'ines.harbor');
  await reviewingPolicy(deployment);
  const referral = await dana.post<ReferralView>('/api/referrals/referrals', {
    client: clientOf(),
    priority: 'routine',
    needs: [
      ...taskNames.map((name) =>
        name === 'awaiting' ? needBody('employment', 'workbridge-jobs', []) : needBody('housing', 'harbor-beds', []),
      ),
      needBody('housing', 'no service', []),
    ],
  });
  const { consentId, after } = await consented(deployment, referral.clientId, ['harbor-house']);
  const drafts = referral.needs.map((need) => need.tasks[0] as TaskView);
  const pool = await dana.post<TaskView>(
    `/api/referrals/service-requests/${referral.needs.at(-1)?.serviceRequestId}/tasks`,
    { pool: true },
  );
  const ids: Scene = {
    ...Object.fromEntries(taskNames.map((name) => [name, taskOf(drafts, name)])),
    pool: pool.taskId,
  };
  for (const name of ['pool', ...taskNames.filter((each) => each !== 'draft')]) {
    await act(dana, ids[name] as string, 'send', {}, after);
  }
  await move(ids, { dana, ines });
  await deployment.settle();
  const notifications = await ines.get<Items<{ notificationId: string }>>('/api/notifications/notifications');
  return {
    ...ids,
    referral: referral.referralId,
    reference: referral.reference,
    client: referral.clientId,
    need: (await task(dana, ids['sent'] as string)).serviceRequestId,
    consent: consentId,
    notification: notifications.items[0]?.notificationId as string,
    service: serviceId('harbor-beds'),
    anotherService: serviceId('open-door-homes'),
    organization: seedOrganizationId('harbor-house'),
    person: personId('dana.planner'),
    seat: '0',
    unknown: '0190a0c0-0000-7000-8000-00ffffffffff',
  };
}

async function move(ids: Scene, { dana, ines }: { dana: Person; ines: Person }): Promise<void> {
  const id = (name: string): string => ids[name] as string;
  await act(ines, id('asked'), 'ask', { question: 'Since when?' });
  await act(ines, id('reviewed'), 'decline', { reason: 'no-capacity' });
  for (const name of ['accepted', 'opened', 'held', 'leaving', 'ended']) {
    await act(ines, id(name), 'accept', { ownerId: personId('ines.harbor') });
  }
  await open(ines, id('opened'));
  await act(ines, id('held'), 'hold', { subState: 'waitlisted', reviewOn: soon() });
  await act(dana, id('leaving'), 'withdraw', { reason: 'client-declined' });
  await complete(ines, id('ended'), 'housed');
}

/** A coordinator reviews the network's declines, and one of several acceptances is confirmed. */
export async function reviewingPolicy(deployment: TestDeployment): Promise<void> {
  const nora = new Person(deployment, 'nora.network');
  const path = '/api/directory/network';
  const version = Number(((await nora.ask('GET', path)).etag ?? '').replaceAll('"', ''));
  const policy = { reroute: 'propose', offer: 'confirm-one', declineReview: true };
  const reply = await nora.command('PUT', `${path}/policy`, policy, version);
  if (reply.status !== 200) throw new Error(`no policy: ${reply.status} ${reply.text}`);
  await deployment.settle();
}

/** An instant some days from now. */
export function soon(): string {
  return new Date(Date.now() + 5 * 86_400_000).toISOString();
}

function taskOf(drafts: readonly TaskView[], name: (typeof taskNames)[number]): string {
  return (drafts[taskNames.indexOf(name)] as TaskView).taskId;
}

function serviceId(code: string): string {
  return seedHealthcareServices.find((each) => each.code === code)?.healthcareServiceId as string;
}
