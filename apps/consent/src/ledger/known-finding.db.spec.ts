import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PacketOpened, type LedgerVerificationView } from '#contracts';
import { FakeClock, seededIds } from '#testing';
import { LedgerAnchoring } from '../anchors/ledger-anchoring.service.ts';
import { ledgerStream } from '../anchors/anchor.ts';
import { harbor, hospital } from '../examples/consent-examples.ts';
import type { RunningConsent } from '../examples/running-consent.ts';
import { startedConsent } from '../testing/started-consent.ts';

const clock = new FakeClock('2026-11-24T08:00:00.000Z');
const ids = seededIds(6);
const clientId = ids.next();
let consent: RunningConsent;

beforeAll(async () => {
  consent = await startedConsent({ clock, ids });
  for (let i = 0; i < 3; i += 1) await opened();
  await consent.service.app.get(LedgerAnchoring, { strict: false }).anchorAll();
});
afterAll(() => consent?.close());

async function opened(): Promise<void> {
  const referralId = ids.next();
  await consent.publish(
    referralId,
    PacketOpened.of({
      ...{ referralId, clientId, taskId: ids.next(), disclosureId: ids.next(), readerId: ids.next() },
      ...{ fromOrganizationId: hospital, toOrganizationId: harbor, direction: 'send', categories: ['core-contact'] },
      ...{ purpose: 'care-coordination', consentIds: [ids.next()], noticeCodes: [], first: true },
    }),
  );
}

async function verified(login = 'olga.privacy'): Promise<LedgerVerificationView> {
  return (await consent.post(login, 'ledger/verifications', {})).body as LedgerVerificationView;
}

/** As a superuser, whom no trigger stops. */
const spoil = (sql: string): Promise<unknown> => consent.sql(`set session_replication_role = replica; ${sql}`);

async function alarms(): Promise<readonly object[]> {
  const log = await consent.log(ledgerStream);
  return log.filter(({ type }) => type === 'consent.ledger.broken').map(({ data }) => data);
}

describe('the findings of a verification', () => {
  it('are empty while the ledger is intact [S4]', async () => {
    expect(await verified()).toMatchObject({ state: 'intact' });
    expect(await alarms()).toEqual([]);
  });

  it('are reported once, with the organizations concerned, and new ones are reported again [S4]', async () => {
    await spoil(`update consent.disclosure_entry set reader_id = null where place = 2`);
    const { verificationId } = await verified();
    await verified();
    await verified('otto.privacy');
    const first = { verificationId, newFindings: 1, organizationIds: [harbor, hospital].sort() };
    expect(await alarms()).toEqual([first]);
    await spoil(`update consent.disclosure_entry set reader_id = null where place = 3`);
    await verified();
    expect(await alarms()).toMatchObject([first, { newFindings: 1 }]);
  });

  it('are reported to everybody if nobody knows whom they concern [S4]', async () => {
    await spoil(`delete from consent.event where type = 'consent.ledger.anchored'`);
    expect(await verified()).toMatchObject({ state: 'broken' });
    expect((await alarms()).slice(2)).toMatchObject([{ organizationIds: [] }]);
  });
});
