import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf, testService, type TestService } from '#testing';
import { networkScope, tenantScope } from '#access';
import { riverCounty, seedOrganizationId } from '#contracts';
import { statement, UnitOfWork, type Scope } from '#persistence';
import { DirectoryModule } from '../directory.module.ts';

let directory: TestService;
let unitOfWork: UnitOfWork;
beforeAll(async () => {
  directory = await testService(DirectoryModule, 'directory');
  unitOfWork = directory.service.app.get(UnitOfWork, { strict: false });
});
afterAll(() => directory?.close());

const tables = ['network', 'area', 'organization', 'healthcare_service'];
const anotherNetwork: Scope = {
  ...(networkScope(actorOf('nora.network')) as Scope & { kind: 'network' }),
  networkId: '0190a0c0-0000-7000-8000-000100000002',
};

async function counts(scope: Scope): Promise<readonly number[]> {
  return unitOfWork.run(scope, async (tx) => {
    const found: number[] = [];
    for (const table of tables) {
      const [row] = await tx.query<{ n: number }>(
        statement(`count of ${table}`, `select count(*)::int as n from ${table}`),
      );
      found.push(row?.n ?? -1);
    }
    return found;
  });
}

const closeAll = statement(
  'close every service',
  `update healthcare_service set openness = 'closed' returning organization_id`,
);
const rename = statement('rename networks', `update network set name = 'x' returning network_id`);

describe('the application’s own role', () => {
  it('sees only the directory of the network in its scope', async () => {
    expect(await counts(networkScope(actorOf('ines.harbor')))).toEqual([1, 2, 8, 6]);
    expect(await counts(anotherNetwork)).toEqual([0, 0, 0, 0]);
    expect(await counts(tenantScope(actorOf('ines.harbor')))).toEqual([0, 0, 0, 0]);
  });

  it('changes only services of the organization in its scope', async () => {
    const changed = await unitOfWork.run(networkScope(actorOf('abel.harbor')), (tx) => tx.query(closeAll));
    expect(changed).toEqual([{ organization_id: seedOrganizationId('harbor-house') }]);
  });

  it('changes nothing of another network', async () => {
    expect(await unitOfWork.run(anotherNetwork, (tx) => tx.query(rename))).toEqual([]);
    const own = await unitOfWork.run(networkScope(actorOf('nora.network')), (tx) => tx.query(rename));
    expect(own).toEqual([{ network_id: riverCounty.networkId }]);
  });

  it('cannot bypass its policies', async () => {
    const attempts = [
      'alter table organization disable row level security',
      'drop policy of_network on organization',
      'set role directory_owner',
      'set row_security = off',
    ];
    for (const [index, text] of attempts.entries()) {
      const attempt = unitOfWork.run(anotherNetwork, async (tx) => {
        await tx.query(statement(`attempt ${index}`, text));
        return tx.query(statement('all organizations', 'select * from organization'));
      });
      await expect(attempt).rejects.toThrow();
    }
  });
});
