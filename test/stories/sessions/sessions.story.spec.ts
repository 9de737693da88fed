import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Seat } from '../../../apps/identity/src/testing/seat.ts';
import { openDeployment, type TestDeployment } from '../../deployment.ts';

describe('three people in three tabs of one browser', () => {
  let deployment: TestDeployment;
  beforeAll(async () => {
    deployment = await openDeployment();
  });
  afterAll(() => deployment?.close());

  const inbox = async (seat: Seat): Promise<number> => {
    const { access_token: token } = await seat.token();
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${deployment.baseUrl}/api/coordination/inbox`, { headers })).status;
  };

  it('sign in with one click each, work with their own tokens, and sign out one by one', async () => {
    const { port } = new URL(deployment.baseUrl);
    const ines = new Seat(`http://localhost:${port}`);
    const [abel, dana] = [ines.beside(1), ines.beside(2)];
    for (const [seat, login] of [
      [ines, 'ines.harbor'],
      [abel, 'abel.harbor'],
      [dana, 'dana.planner'],
    ] as const)
      expect((await seat.signIn(login)).url.href).toBe(`http://localhost:${port}/inbox`);
    // a planner has no inbox of an agency
    expect([await inbox(ines), await inbox(abel), await inbox(dana)]).toEqual([200, 200, 403]);
    expect((await abel.ask('end')).status).toBe(204);
    expect([await inbox(ines), await abel.status(), await inbox(dana)]).toEqual([200, 401, 403]);
  });

  it('come to the right name if they opened the number of the machine', async () => {
    const { port } = new URL(deployment.baseUrl);
    const byNumber = new Seat(deployment.baseUrl);
    const byName = new Seat(
      `http://localhost:${port}`,
      0,
      byNumber.browser.stoppingAt(`http://localhost:${port}/inbox`),
    );
    const link = `${deployment.baseUrl}/api/identity/sessions/0/new?to=/inbox&login_hint=ines.harbor`;
    expect((await byName.browser.open(link)).url.href).toBe(`http://localhost:${port}/inbox`);
    expect(await byName.status()).toBe(200);
  });

  it('find their routes in the document of the platform', async () => {
    const { paths } = (await (await fetch(`${deployment.baseUrl}/docs-json`)).json()) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters: readonly object[] }>>>>;
    };
    expect(paths['/api/identity/sessions/{seat}/token']?.['post']?.parameters).toContainEqual(
      expect.objectContaining({ name: 'X-Session', in: 'header', required: true }),
    );
    expect(Object.keys(paths).filter((each) => each.includes('/sessions/'))).toHaveLength(4);
  });
});
