import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { statement } from '#persistence';
import { FakeClock, testDatabase, type TestDatabase } from '#testing';
import { OidcRecords1764000000002 } from '../migrations/oidc-record.migration.ts';
import { OidcRecords } from './oidc-records.service.ts';

let database: TestDatabase;
let clock: FakeClock;
let records: OidcRecords;
beforeAll(async () => {
  database = await testDatabase('identity', [OidcRecords1764000000002]);
});
beforeEach(() => {
  clock = new FakeClock();
  records = new OidcRecords(database.unitOfWork, clock);
});
afterAll(() => database?.close());

const everything = statement('everything remembered', 'select r::text as row from oidc_record r');

describe('a record of the issuer', () => {
  it('is found unchanged by its id and by its session', async () => {
    const sessions = records.of('Session');
    await sessions.upsert('s-1', { jti: 's-1', uid: 'u-1', accountId: 'ines' }, 60);
    expect(await sessions.find('s-1')).toEqual({ jti: 's-1', uid: 'u-1', accountId: 'ines' });
    expect(await sessions.findByUid('u-1')).toEqual({ uid: 'u-1', accountId: 'ines' });
    await sessions.upsert('s-1', { jti: 's-1', uid: 'u-1', accountId: 'abel' }, 60);
    expect(await sessions.find('s-1')).toMatchObject({ accountId: 'abel' });
    expect(await records.of('Interaction').find('s-1')).toBeUndefined();
    await sessions.destroy('s-1');
    expect(await sessions.find('s-1')).toBeUndefined();
  });

  it('does not contain the ids by which it is found', async () => {
    await records.of('RefreshToken').upsert('the-secret-id', { jti: 'the-secret-id', accountId: 'ines' }, 60);
    const rows = await database.unitOfWork.run({ kind: 'system', key: '' }, (tx) =>
      tx.query<{ row: string }>(everything),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('the-secret-id');
  });

  it('is used once, by the first caller', async () => {
    const codes = records.of('AuthorizationCode');
    await codes.upsert('c-1', { jti: 'c-1' }, 60);
    const tries = await Promise.allSettled([codes.consume('c-1'), codes.consume('c-1'), codes.consume('c-1')]);
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await codes.find('c-1')).toMatchObject({ consumed: Math.floor(Date.parse(clock.now()) / 1000) });
  });

  it('ends with its grant', async () => {
    const tokens = records.of('RefreshToken');
    await tokens.upsert('r-1', { jti: 'r-1', grantId: 'g-1' }, 60);
    await tokens.upsert('r-2', { jti: 'r-2', grantId: 'g-2' }, 60);
    await tokens.revokeByGrantId('g-1');
    expect([await tokens.find('r-1'), await tokens.find('r-2')]).toEqual([undefined, expect.anything()]);
  });

  it('is not found after it expired, and is then deleted', async () => {
    const grants = records.of('Grant');
    await grants.upsert('g-1', { jti: 'g-1' }, 60);
    await grants.upsert('g-2', { jti: 'g-2' }, 86_400);
    clock.advance({ seconds: 60 });
    expect(await grants.find('g-1')).toBeUndefined();
    clock.advance({ minutes: 10 });
    expect(await records.sweep()).toBeGreaterThan(0);
    expect(await records.sweep()).toBe(0);
    expect(await grants.find('g-2')).toEqual({ jti: 'g-2' });
  });

  it('always expires', async () => {
    await expect(records.of('Grant').upsert('g-3', { jti: 'g-3' })).rejects.toThrow(/no end/);
  });

  it('is not visible to any request', async () => {
    await records.of('Session').upsert('s-9', { jti: 's-9' }, 60);
    const scope = { kind: 'tenant', organizationId: '0190a0c0-0000-7000-8000-000300000001', personId: '' } as const;
    expect(await database.unitOfWork.run(scope, (tx) => tx.query(everything))).toEqual([]);
  });
});
