import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedOrganizationId, type ReferralView } from '#contracts';
import { FakeClock } from '#testing';
import { openDeployment, type TestDeployment } from '../../deployment.ts';
import { Person } from '../../stories/people.ts';
import { act, consented, drafted, open, sent, task } from '../../stories/scene.ts';

describe('a request made while all clocks were two hours ahead', () => {
  const clock = new FakeClock(new Date().toISOString());
  let deployment: TestDeployment;
  let dana: Person;
  let ines: Person;

  beforeAll(async () => {
    // timers fire when a spec calls settle, after the clocks are right again
    deployment = await openDeployment({ clock, timers: false });
    dana = new Person(deployment, 'dana.planner');
    ines = new Person(deployment, 'ines.harbor');
    for (const person of [dana, ines]) await person.get('/api/identity/me');
  });

  afterAll(() => deployment.close());

  async function ahead<T>(work: () => Promise<T>): Promise<T> {
    clock.advance({ hours: 2 });
    try {
      return await work();
    } finally {
      clock.advance({ hours: -2 });
    }
  }

  /** The jump is over after the first correct watermark; a review before it waits a moment. */
  async function goesOn(): Promise<void> {
    await deployment.settle();
    clock.advance({ seconds: 10 });
    await deployment.settle();
  }

  it('takes effect immediately when they are right: a Task is sent once its consent is there [F14]', async () => {
    const { taskId, clientId } = await drafted(deployment, 'housing', 'harbor-beds');
    expect((await act(dana, taskId, 'send', {})).state).toBe('awaiting-consent');
    await ahead(async () => {
      await consented(deployment, clientId, ['harbor-house']);
    });
    await goesOn();
    expect((await task(dana, taskId)).state).toBe('sent');
    await open(ines, taskId);
  });

  it('takes effect immediately when they are right: a revocation suspends the Tasks [F14]', async () => {
    const { taskId, consentId, consentVersion } = await sent(deployment);
    await open(ines, taskId);
    await ahead(() =>
      new Person(deployment, 'dana.planner').post(
        `/api/consent/consents/${consentId}/revoke`,
        { method: 'verbal-attestation', receivedAt: new Date(Date.now() - 60_000).toISOString() },
        consentVersion,
      ),
    );
    await goesOn();
    expect(await task(ines, taskId)).toMatchObject({ state: 'on-hold', subState: 'consent-suspended' });
  });

  it('takes effect immediately when they are right: another agency is looked for [F14]', async () => {
    const { taskId, referralId } = await sent(deployment);
    await ahead(() => act(new Person(deployment, 'ines.harbor'), taskId, 'decline', { reason: 'no-capacity' }));
    await goesOn();
    const { needs } = await dana.get<ReferralView>(`/api/referrals/referrals/${referralId}`);
    const offered = needs[0]?.tasks.some((each) => each.recipientOrganizationId !== seedOrganizationId('harbor-house'));
    expect(needs[0]?.proposal !== null || offered).toBe(true);
  });
});
