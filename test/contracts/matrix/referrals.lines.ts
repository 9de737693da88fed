import { reasonsFor } from '#contracts';
import { canaryNames, clientOf, needBody } from '../../stories/scene.ts';
import { line, type Line } from './line.ts';

const at = '/api/referrals';
const care = (): object => ({ purpose: 'care-coordination' });
const ended = (): object => ({ reason: reasonsFor('withdraw')[0] });
const settled = (): object => ({ reason: reasonsFor('settle')[0] });
const asked = (name: string): object => ({ taskIds: [name] });

/** contract.md §2.1, with §5.2 for who sees a thing at all. */
// prettier-ignore
export const referralsLines: readonly Line[] = [
  //                                          sender P   A   O   S | agency I  A | council C   N   O   S | another P    A    I    O    S  foreign C
  line(`GET ${at}/referrals`,                       'ok  ok  ok  403 | 403 none  |  403  403  none  403  | none  none  403  none  403  403'),
  line(`GET ${at}/referrals/{id}`,                  'ok  ok  ok  403 | 403  404  |   ok  403   ok  403   |  404  404  403  404  403  404', { id: 'referral' }),
  line(`GET ${at}/references/{reference}`,          'ok  ok  ok  ok  | ok   ok   |   ok   ok   ok  404   |  404  404  404  404  404  404'),
  // for our own services with the scope `log:read`; it says nothing about a client that the organization does not have
  line(`POST ${at}/clients/ages`,                  '403 403 403 403 | 403 403  |  403  403  403  ok   | 403  403  403  403  403  403', { body: (scene) => ({ clientId: scene['client'], organizationId: scene['organization'], at: new Date().toISOString() }) }),
  line(`POST ${at}/clients/search`,                 'ok  ok  ok  403 | 403 none  |   ok  403  none  403  | none  none  403  none  403  none', { body: () => ({ name: canaryNames.family }) }),
  line(`POST ${at}/clients/duplicates`,             'ok  ok  403 403 | 403 none  |  403  403  403  403  | none  none  403  403  403  403', { body: clientOf }),
  line(`GET ${at}/clients/{id}`,                    'ok  ok  403 403 | 403  404  |  403  403  403  403   |  404  404  403  403  403  403', { id: 'client' }),
  line(`PUT ${at}/clients/{id}`,                    'may may 403 403 | 403  404  |  403  403  403  403   |  404  404  403  403  403  403', { id: 'client', body: clientOf }),
  line(`POST ${at}/clients/{id}/death/undo`,        'fact fact 403 403 | 403  404  |  403  403  403  403   |  404  404  403  403  403  403', { id: 'client', body: () => ({ reason: 'wrong-person' }) }),
  line(`PATCH ${at}/referrals/{id}`,                'may may 403 403 | 403  404  |  403  403  403  403   |  404  404  403  403  403  403', { id: 'referral', body: () => ({ priority: 'urgent' }) }),
  line(`POST ${at}/referrals/{id}/withdraw`,        'may may 403 403 | 403  404  |  may  403  403  403   |  404  404  403  403  403  404', { id: 'referral', body: ended }),
  // its Task is open: no second Task for the same agency, and no end of the need
  line(`POST ${at}/service-requests/{id}/tasks`,    'fact fact 403 403 | 403  404  |  fact 403  403  403   |  404  404  403  403  403  404', { id: 'need', body: (scene) => ({ healthcareServiceId: scene['service'] }) }),
  line(`POST ${at}/service-requests/{id}/settle`,   'fact fact 403 403 | 403  404  |  fact 403  403  403   |  404  404  403  403  403  404', { id: 'need', body: settled }),
  line(`GET ${at}/tasks/{id}`,                      'ok  ok  ok  ok  | ok   ok   |   ok   ok   ok  404   |  404  404  404  404  404  404', { id: 'sent' }),
  // an agency does not see it before it is sent
  line(`GET ${at}/tasks/{id}`,                      'ok  ok  ok  ok  | 404  404  |   ok   ok   ok  404   |  404  404  404  404  404  404', { id: 'draft' }),
  // an agency that serves the need and that consent names sees a pool's Task, without client data
  line(`GET ${at}/tasks/{id}`,                      'ok  ok  ok  ok  | ok   ok   |   ok   ok   ok  404   |  404  404  404  404  404  404', { id: 'pool' }),
  line(`POST ${at}/tasks/{id}/packet`,              '404 404 403 403 | 404  404  |   ok  403  403  403   |  404  404  404  403  403  404', { id: 'pool', body: care }),
  line(`GET ${at}/tasks/{id}/messages`,             'ok  ok  403 403 | ok   ok   |  403  403  403  403   |  404  404  404  403  403  403', { id: 'asked' }),
  line(`POST ${at}/tasks/query`,                    'ok  ok  ok  403 | ok   ok   |   ok   ok   ok  403  | none  none  none  none  403  none', { body: (scene) => asked(scene['sent'] as string) }),
  line(`POST ${at}/tasks/query`,                    'ok  ok  ok  403 | none none |   ok   ok   ok  403  | none  none  none  none  403  none', { body: (scene) => asked(scene['draft'] as string) }),
  line(`POST ${at}/tasks/query`,                    'ok  ok  ok  403 | ok   ok   |   ok   ok   ok  403  | none  none  none  none  403  none', { body: (scene) => asked(scene['pool'] as string) }),
  line(`POST ${at}/tasks/{id}/packet`,              'ok  ok  403 403 | ok   ok   |   ok  403  403  403   |  404  404  404  403  403  404', { id: 'opened', body: care }),
  // nothing was sent: one side has nothing to open, and the other got nothing back
  line(`POST ${at}/tasks/{id}/packet`,              '404 404 403 403 | 404  404  |  404  403  403  403   |  404  404  404  403  403  404', { id: 'draft', body: care }),
  line(`GET ${at}/access-log`,                      '403 403 self 403 | 403 403  |  403  403  self  403  | 403  403  403  self 403  403'),
  line(`GET ${at}/reasons`,                         'ok  ok  ok  ok  | ok   ok   |   ok   ok   ok   ok   |   ok   ok   ok   ok   ok   ok'),
  // sends the draft of the scene, so it comes after what needs a draft
  line(`POST ${at}/referrals/{id}/send`,            'ok  ok  403 403 | 403  404  |  403  403  403  403   |  404  404  403  403  403  403', { id: 'referral', body: () => ({}) }),
  // these two write, so they are last; a hospital's own system may refer, an agency's may not
  line(`POST ${at}/referrals/{id}/needs`,           'ok  ok  403 403 | 403  404  |  403  403  403  403   |  404  404  403  403  403  403', { id: 'referral', body: () => needBody('food', 'no service yet', []) }),
  line(`POST ${at}/referrals`,                      'ok  403 403 ok  | 403  403  |  403  403  403  403   |   ok  403  403  403  403  403', { body: () => ({ client: clientOf(), priority: 'routine', needs: [needBody('housing', 'harbor-beds', [])] }) }),
];
