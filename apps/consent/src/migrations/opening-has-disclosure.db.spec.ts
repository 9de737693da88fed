import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, withClient } from '#persistence';
import { seededIds, testDatabase, type TestDatabase } from '#testing';
import { ConsentTables1764000000001 } from './consent-tables.migration.ts';
import { OpeningHasDisclosure1765100000001 } from './opening-has-disclosure.migration.ts';

const ids = seededIds(1);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('consent', [ConsentTables1764000000001]);
});
afterAll(() => database?.close());

/** Adds an entry as somebody who bypasses all policies. */
async function add(kind: string, disclosureId: string | null): Promise<void> {
  await withClient(database.adminUrl, (client) =>
    client.query(
      `insert into consent.disclosure_entry (entry_id, client_id, place, event_id, disclosure_id, kind, direction, at,
         referral_id, task_id, from_organization_id, to_organization_id, categories, purpose, consent_ids, notice_codes,
         previous_seal, seal)
       values ($1, $1, 1, $1, $2, $3, 'send', now(), $1, $1, $1, $1, '{}', 'treatment', '{}', '{}', '', '')`,
      [ids.next(), disclosureId, kind],
    ),
  );
}

describe('a ledger with an opening whose disclosure somebody removed', () => {
  beforeAll(async () => {
    await add('opened', null);
    const migrations = [ConsentTables1764000000001, OpeningHasDisclosure1765100000001];
    await migrate({ service: 'consent', ownerUrl: database.ownerUrl, migrations });
  });

  it('is migrated, and keeps the entry for its verification to find', async () => {
    const { rows } = await withClient(database.adminUrl, (client) =>
      client.query<{ kind: string }>('select kind from consent.disclosure_entry where disclosure_id is null'),
    );
    expect(rows).toEqual([{ kind: 'opened' }]);
  });

  it.each(['opened', 'label-shown'])('takes no further entry of kind %s without a disclosure', async (kind) => {
    await expect(add(kind, null)).rejects.toThrow('opening_has_disclosure');
    await add(kind, ids.next());
  });

  it.each(['access-granted', 'access-ended'])('takes no entry of kind %s with one', async (kind) => {
    await expect(add(kind, ids.next())).rejects.toThrow('opening_has_disclosure');
    await add(kind, null);
  });
});
