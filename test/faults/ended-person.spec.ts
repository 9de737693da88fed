import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { services } from '../../apps/platform/src/services.ts';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person, until } from '../stories/people.ts';
import { personId } from '../stories/scene.ts';

/** A route of each service that every signed-in person may call. */
const anywhere: Readonly<Record<string, string>> = {
  referrals: '/api/referrals/reasons',
  consent: '/api/consent/requests',
  notifications: '/api/notifications/notifications',
  directory: '/api/directory/areas',
  coordination: '/api/coordination/inbox',
  identity: '/api/identity/me',
};

describe('a person who is made inactive', () => {
  let deployment: TestDeployment;
  let abel: Person;
  beforeAll(async () => {
    deployment = await openDeployment();
    abel = new Person(deployment, 'abel.harbor');
  });
  afterAll(() => deployment?.close());

  const setActive = (by: Person, login: string, active: boolean): ReturnType<Person['command']> =>
    by.command('PATCH', `/api/identity/people/${personId(login)}`, { active });
  const statuses = async (person: Person): Promise<readonly number[]> =>
    Promise.all(services.map(async ({ name }) => (await person.ask('GET', anywhere[name] ?? '')).status));

  it('is signed out of every service and of every open stream within seconds [S11]', async () => {
    const ines = new Person(deployment, 'ines.harbor');
    expect((await statuses(ines)).every((status) => status === 200 || status === 403)).toBe(true);
    const stream = await fetch(`${deployment.baseUrl}/api/coordination/live`, {
      headers: { authorization: `Bearer ${await ines.signIn()}` },
    });
    const ended = stream.text().then(
      () => true,
      () => true,
    );

    const answer = await setActive(abel, 'ines.harbor', false);
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ active: false, version: 2 })]);
    const asked = Date.now();

    await until(
      () => statuses(ines),
      (seen) => seen.every((status) => status === 401),
    );
    expect(await ended).toBe(true);
    expect(Date.now() - asked).toBeLessThan(8000);
    const signIn = await abel.ask('POST', '/api/identity/demo-tokens', { login: 'ines.harbor' });
    expect(signIn.status).toBe(400);
    const gone = await abel.get<{ items: readonly { personId: string }[] }>(
      `/api/identity/people?active=false&organizationId=${(answer.body as { organizationId: string }).organizationId}`,
    );
    expect(gone.items.map((each) => each.personId)).toEqual([personId('ines.harbor')]);
  });

  it('signs in again once somebody made them active again [S11]', async () => {
    expect((await setActive(abel, 'ines.harbor', true)).status).toBe(200);
    const ines = new Person(deployment, 'ines.harbor');
    await until(
      () => statuses(ines),
      (seen) => seen.every((status) => status === 200 || status === 403),
    );
  });

  it('is made so by an administrator of their organization or network, and never by themselves [S11]', async () => {
    const [nora, ada] = [new Person(deployment, 'nora.network'), new Person(deployment, 'ada.opendoor')];
    expect((await setActive(ada, 'ines.harbor', false)).status).toBe(404);
    expect((await setActive(abel, 'abel.harbor', false)).status).toBe(409);
    expect((await setActive(nora, 'ivan.opendoor', false)).status).toBe(200);
    expect((await setActive(nora, 'pat.operator', false)).status).toBe(404);
    const asked = await ada.ask('GET', '/api/identity/people?active=false');
    expect(asked.status).toBe(403);
  });
});
