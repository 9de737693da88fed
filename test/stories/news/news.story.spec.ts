import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientView, InboxRowView, NotificationView, TimelineView } from '#contracts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person } from '../people.ts';
import { act, open, sent, task, type Items } from '../scene.ts';

let deployment: TestDeployment;
let dana: Person;
let ines: Person;
beforeAll(async () => {
  deployment = await openDeployment();
  dana = new Person(deployment, 'dana.planner');
  ines = new Person(deployment, 'ines.harbor');
});
afterAll(() => deployment?.close());

const templatesOf = async (person: Person, taskId: string): Promise<readonly string[]> => {
  await deployment.settle();
  const { items } = await person.get<Items<NotificationView>>('/api/notifications/notifications?limit=100');
  return items.filter((each) => each.taskId === taskId).map((each) => each.template);
};
const timelineOf = async (person: Person, referralId: string): Promise<TimelineView['items']> => {
  await deployment.settle();
  return (await person.get<TimelineView>(`/api/coordination/referrals/${referralId}/timeline`)).items;
};
const revoke = async (consentId: string): Promise<void> => {
  const path = `/api/consent/consents/${consentId}`;
  const { version } = await dana.get<{ version: number }>(path);
  const receivedAt = new Date(Date.now() - 1000).toISOString();
  await dana.post(`${path}/revoke`, { method: 'verbal-attestation', receivedAt }, version);
};

describe('a Task that was sent', () => {
  it('no longer waits for its delivery once somebody at the agency was notified [W11]', async () => {
    const { taskId, referralId } = await sent(deployment);
    await deployment.settle();
    const timers = (await task(dana, taskId)).timers.map(({ timer }) => timer);
    expect(timers).toEqual(['acknowledge-by']);
    const delivered = (await timelineOf(dana, referralId)).filter(({ type }) => type === 'referral.task.delivered');
    expect(delivered).toHaveLength(1);
  });
});

describe('an agency that has read the packet', () => {
  it('learns that there is new information, but not what it is [W18]', async () => {
    const { taskId, referralId } = await sent(deployment);
    await open(ines, taskId);
    await dana.post(`/api/referrals/referrals/${referralId}/attachments`, {
      ...{ kind: 'discharge-summary', title: 'Discharge summary', categories: ['core-contact'] },
      ...{ contentType: 'text/plain', base64: Buffer.from('Lives at the shelter.').toString('base64') },
    });
    expect(await templatesOf(ines, taskId)).toContain('new-information');
    const item = (await timelineOf(ines, referralId)).find(({ type }) => type === 'referral.task.information-changed');
    expect(item).toMatchObject({ taskId, actorRole: 'system', actorId: null, flags: [], reason: null });
    expect((await task(ines, taskId)).newInformation).toBe(true);
    await open(ines, taskId);
    expect((await task(ines, taskId)).newInformation).toBe(false);
  });
});

describe('a client who may be reached in only one way', () => {
  it('is marked so on the agency’s row, before the packet is opened, as on the Task [W6]', async () => {
    const { taskId, clientId, referralId } = await sent(deployment);
    const rowOf = async (): Promise<InboxRowView | undefined> => {
      await deployment.settle();
      const { items } = await ines.get<Items<InboxRowView>>('/api/coordination/inbox?limit=100');
      return items.find((row) => row.taskId === taskId);
    };
    const before = await rowOf();
    expect(before?.contact).toEqual({ prohibited: false, channels: null });

    const path = `/api/referrals/clients/${clientId}`;
    const { clientId: _clientId, ...client } = await dana.get<ClientView>(path);
    const marks = { contactProhibited: true, safeContact: { channel: 'in-person', hours: 'Mornings' } };
    expect((await dana.command('PUT', path, { ...client, ...marks }, 1)).status).toBe(200);

    const [after, seen] = [await rowOf(), await task(ines, taskId)];
    const contact = { prohibited: true, channels: ['in-person'] };
    expect([after?.contact, seen.contact]).toEqual([contact, contact]);
    expect(after?.version).toBe(before?.version);
    const types = (await timelineOf(ines, referralId)).map(({ type }) => type);
    expect(types).not.toContain('referral.client.contact-changed');
  });
});

describe('a consent that is revoked', () => {
  it('notifies the sender once that its Task is suspended [W19]', async () => {
    const { taskId, consentId } = await sent(deployment);
    await open(ines, taskId);
    await revoke(consentId);
    expect(await templatesOf(dana, taskId)).toEqual(['task-suspended']);
    expect((await templatesOf(ines, taskId)).toSorted()).toEqual(['access-ended', 'task-sent', 'task-suspended']);
  });

  it('notifies the sender once if nobody had opened the packet, and after acceptance [W19]', async () => {
    const unopened = await sent(deployment);
    await revoke(unopened.consentId);
    expect(await templatesOf(dana, unopened.taskId)).toEqual(['access-ended']);
    const taken = await sent(deployment);
    await open(ines, taken.taskId);
    const { personId } = await ines.get<{ personId: string }>('/api/identity/me');
    await act(ines, taken.taskId, 'accept', { ownerId: personId });
    await revoke(taken.consentId);
    expect((await templatesOf(dana, taken.taskId)).filter((each) => each !== 'task-accepted')).toEqual([
      'access-ended',
    ]);
  });
});
