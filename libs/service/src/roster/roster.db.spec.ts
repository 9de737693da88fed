import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  kindsOfRole,
  organizationKinds,
  OrganizationChanged,
  PersonChanged,
  type OrganizationKind,
  type Role,
} from '#contracts';
import { systemIds } from '#events';
import { withClient } from '#persistence';
import { actorOf, testService, type TestService } from '#testing';
import { NotesWithPeopleModule, personChanged } from '../testing/people.ts';

const elsewhere = '0190a0c0-0000-7000-8000-00ee000000aa';
const ines = actorOf('ines.harbor');

let notes: TestService;
let version = 0;
beforeAll(async () => {
  notes = await testService(NotesWithPeopleModule, 'notes');
});
beforeEach(() => tell({}));
afterAll(() => notes?.close());

/** What identity publishes about Ines, and the directory about Harbor House. */
async function tell(
  person: Partial<Omit<PersonChanged, 'type'>>,
  organization: Partial<Omit<OrganizationChanged, 'type'>> = {},
): Promise<void> {
  version += 1;
  const about = personChanged('ines.harbor', version);
  const { organizationId, networkId } = ines;
  const said = { organizationId, networkId, kind: 'agency' as OrganizationKind, active: true, victimService: false };
  await notes.publish(
    { ...about, event: PersonChanged.of({ ...(about.event as PersonChanged), ...person }) },
    {
      ...about,
      id: systemIds.next(),
      type: OrganizationChanged.type,
      source: '/directory',
      subject: `organization/${organizationId}`,
      key: organizationId,
      event: OrganizationChanged.of({ ...said, ...organization }),
    },
  );
  await notes.service.settle();
}

const asked = async (path = 'people', roles?: readonly Role[]): Promise<number> => {
  const claims = roles === undefined ? {} : { claims: { roles } };
  const authorization = `Bearer ${await notes.tokens.tokenFor('ines.harbor', claims)}`;
  return (await notes.ask(null, { path, headers: { authorization } })).statusCode;
};

describe('A token of a known person', () => {
  it('gives the access that it states', async () => {
    expect(await asked()).toBe(200);
  });

  it.each([
    ['the person was made inactive', { active: false }, {}],
    ['the person works for another organization', { organizationId: elsewhere }, {}],
    ['the organization was made inactive', {}, { active: false }],
    ['the organization is of another network', {}, { networkId: elsewhere }],
  ])('is refused once %s, and accepted again afterwards [S11]', async (_, person, organization) => {
    await tell(person, organization);
    expect([await asked(), await asked('lag')]).toEqual([401, 401]);
    await tell({});
    expect(await asked()).toBe(200);
  });

  it('loses a revoked role, and all access with the last one [S11]', async () => {
    await tell({ roles: ['organization-admin'] });
    expect(await asked('people', ['intake-worker', 'organization-admin'])).toBe(200);
    expect(await asked('people', ['intake-worker'])).toBe(403);
  });

  it('does so within seconds if another process received the event [S11]', async () => {
    expect(await asked()).toBe(200);
    const change = (active: boolean): Promise<unknown> =>
      withClient(notes.deployment.adminUrl, (client) =>
        client.query('update notes.roster_person set active = $1 where person_id = $2', [active, ines.personId]),
      );
    await change(false);
    notes.clock.advance({ seconds: 3 });
    expect(await asked()).toBe(401);
    await change(true);
    notes.clock.advance({ seconds: -2 });
    expect(await asked()).toBe(401);
    notes.clock.advance({ seconds: -2 });
    expect(await asked()).toBe(200);
  });

  it('needs one database query for many requests [S11]', async () => {
    await asked();
    const before = await reads();
    for (let times = 0; times < 20; times += 1) await asked('lag');
    expect((await reads()) - before).toBe(0);
  });

  const pairs = organizationKinds.flatMap((kind) =>
    (['coordinator', 'network-admin', 'discharge-planner', 'intake-worker', 'privacy-officer'] as const).map(
      (role) => [role, kind] as const,
    ),
  );
  it.each(pairs)(
    'in the role %s in an organization of kind %s is valid as the table says [S14]',
    async (role, kind) => {
      await tell({ roles: [role] }, { kind });
      expect(await asked('people', [role])).toBe(kindsOfRole[role].includes(kind) ? 200 : 403);
    },
  );

  it('never makes a member of a network an operator, whatever it says [S10]', async () => {
    expect(await asked('lag', ['platform-operator'])).toBe(403);
    expect((await notes.ask('pat.operator', { path: 'lag' })).statusCode).toBe(200);
  });
});

async function reads(): Promise<number> {
  return withClient(notes.deployment.adminUrl, async (client) => {
    await client.query('select pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ n: string }>(
      `select coalesce(seq_scan, 0) + coalesce(idx_scan, 0) as n from pg_stat_user_tables
        where schemaname = 'notes' and relname = 'roster_person'`,
    );
    return Number(rows[0]?.n);
  });
}
