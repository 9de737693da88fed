import { consentFor } from '../../stories/scene.ts';
import { line, type Line } from './line.ts';
import type { Scene } from './scene.ts';

const at = '/api/consent';
const decision = (scene: Scene): object => ({
  clientId: scene['client'],
  recipientOrganizationId: scene['organization'],
  categories: ['core-contact'],
  purpose: 'care-coordination',
  direction: 'send',
});
const revocation = (): object => ({ method: 'paper-scan', receivedAt: new Date(Date.now() - 60_000).toISOString() });

/** contract.md §2.3. */
// prettier-ignore
export const consentLines: readonly Line[] = [
  //                               sender P   A   O   S | agency I  A | council C   N   O   S | another P    A    I    O    S  foreign C
  line(`GET ${at}/consents`,             'ok  ok  ok  403 | 403 none  |   ok  403  none  403  | none  none  403  none  403  none', { query: '?clientId={client}' }),
  line(`GET ${at}/consents/{id}`,        'ok  ok  ok  403 | 403  404  |   ok  403  404  403   |  404  404  403  404  403  404', { id: 'consent' }),
  line(`POST ${at}/consents/{id}/revoke`,'may may may 403 | 403  404  |  may  403  404  403   |  404  404  403  404  403  404', { id: 'consent', body: revocation }),
  // the owner's own paper needs no confirmation
  line(`POST ${at}/consents/{id}/confirm`,'no no  no  403 | 403  404  |  403  403  404  403   |  404  404  403  404  403  403', { id: 'consent', body: () => ({}) }),
  // others get the answer for an unknown client: nothing is allowed
  line(`POST ${at}/decisions`,           'ok  ok  ok  ok  | 403 none  |  403  403  none none  | none  none  403  none  none 403', { body: decision }),
  line(`GET ${at}/requests`,             'ok  ok  403 403 | 403 none  |   ok  403  403  403   | none  none  403  403  403  none', { query: '?open=true' }),
  // the receiver also reads the ledger entry (§5.2): the council's O sees what the council received as intermediary
  line(`GET ${at}/disclosures`,          'ok  403 ok  403 | 403  403  |   ok  403   ok   403  | none  403  403  none  403  none', { query: '?taskId={opened}' }),
  // there is one ledger: everybody sees its verification, each organization its own findings
  line(`GET ${at}/ledger/verifications`, '403 403 self 403 | 403 403 |  403  403  self 403   | 403  403  403  self 403  403 | self'),
  line(`POST ${at}/ledger/verifications`,'403 403 self 403 | 403 403 |  403  403  self 403   | 403  403  403  self 403  403 | self', { body: () => ({}) }),
  // only for a client whom nobody has, so that nothing of the scene is revoked
  line(`POST ${at}/consents/revoke-all`, 'past past past 403 | 403 past | past 403 past 403  | past past 403  past 403  past', { body: (scene) => ({ ...revocation(), clientId: scene['unknown'] as string }) }),
  // it writes, so it is last
  line(`POST ${at}/consents`,            'ok  ok  ok  403 | 403  404  |  403  403  404  403   |  404  404  403  404  403  403', { body: (scene) => consentFor(scene['client'] as string, ['harbor-house'], ['core-contact']) }),
];
