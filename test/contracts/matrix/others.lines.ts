import { seedAreaId } from '#contracts';
import { line, openLine, type Line } from './line.ts';

const candidates = (): object => ({ need: 'housing', areaId: seedAreaId('north') });
const policy = (): object => ({ reroute: 'auto', offer: 'single', declineReview: false });

//                 sender P   A   O   S | agency I  A | council C  N  O  S | another P   A   I   O   S  foreign C
const network = 'ok  ok  ok  ok  | ok  ok  | ok  ok  ok  ok  | ok  ok  ok  ok  ok  404';
const networkList = 'ok  ok  ok  ok  | ok  ok  | ok  ok  ok  ok  | ok  ok  ok  ok  ok  none';
const oneself = 'self self self self | self self | self self self self | self self self self self self';
const staff = 'ok  ok  ok  403 | ok  ok  | ok  ok  ok  403 | ok  ok  ok  ok  403 ok';
const operatorsRead = '403 403 403 403 | 403 403 | 403 403 403 403 | 403 403 403 403 403 403 | ok';
const operators = '403 403 403 403 | 403 403 | 403 403 403 403 | 403 403 403 403 403 403 | self';
const operatorsName = '403 403 403 403 | 403 403 | 403 403 403 403 | 403 403 403 403 403 403 | form';
const redrivers = '403 403 403 403 | 403 403 | 403 self 403 403 | 403 403 403 403 403 403 | self';
const servicesOnly = '403 403 403 403 | 403 403 | 403 403 403 ok | 403 403 403 403 403 403';
// It appends no event.
const servicesOnlyEmpty = '403 403 403 403 | 403 403 | 403 403 403 none | 403 403 403 403 403 403';
const operatorsAct = '403 403 403 403 | 403 403 | 403 403 403 403 | 403 403 403 403 403 403 | past';
const redriversAct = '403 403 403 403 | 403 403 | 403 past 403 403 | 403 403 403 403 403 403 | past';

// prettier-ignore
const notifications: readonly Line[] = [
  line('GET /api/notifications/notifications',            oneself),
  line('POST /api/notifications/notifications/{id}/read', '404 404 404 404 | ok 404 | 404 404 404 404 | 404 404 404 404 404 404', { id: 'notification', body: () => ({}) }),
  line('POST /api/notifications/notifications/read',      oneself, { body: () => ({ upTo: new Date(0).toISOString() }) }),
  line('GET /api/notifications/deliveries',               '403 ok 403 403 | 403 ok | ok ok 403 403 | 403 none 403 403 403 none', { query: '?taskId={asked}' }),
  line('GET /api/notifications/deliveries',               '403 none 403 403 | 403 none | none none 403 403 | 403 none 403 403 403 none', { query: '?state=failed' }),
  line('GET /api/notifications/preferences',              oneself),
  line('PUT /api/notifications/preferences',              oneself, { body: () => ({ email: false, language: 'en' }) }),
  line('GET /api/notifications/demo-mails',               oneself),
];

// prettier-ignore
const directory: readonly Line[] = [
  line('GET /api/directory/network',                    network),
  line('PUT /api/directory/network/policy',             '403 403 403 403 | 403 403 | 403 may 403 403 | 403 403 403 403 403 403', { body: policy }),
  line('GET /api/directory/organizations',              networkList),
  line('GET /api/directory/organizations/{id}',         network, { id: 'organization' }),
  line('GET /api/directory/healthcare-services',        networkList),
  line('GET /api/directory/healthcare-services/{id}',   network, { id: 'service' }),
  line('PATCH /api/directory/healthcare-services/{id}', '403 404 403 403 | may may | 403 403 403 403 | 403 404 404 403 403 403', { id: 'service', body: () => ({ openness: 'open' }) }),
  line('GET /api/directory/areas',                      networkList),
  line('POST /api/directory/candidates',                'ok ok 403 ok | 403 ok | ok 403 403 ok | ok ok 403 403 ok form', { body: candidates }),
];

// prettier-ignore
const coordination: readonly Line[] = [
  line('GET /api/coordination/inbox',                   '403 none 403 403 | ok ok | 403 403 403 403 | 403 none none 403 403 403'),
  line('GET /api/coordination/board',                   'ok ok 403 403 | 403 none | ok ok 403 403 | none none 403 403 403 none'),
  line('GET /api/coordination/referrals/{id}/timeline', 'ok ok ok ok | ok ok | ok ok ok 404 | 404 404 404 404 404 404', { id: 'referral' }),
  line('GET /api/coordination/live',                    staff),
];

const ofThePage = { 'x-session': '1', 'sec-fetch-site': 'same-origin' } as const;
const ofAnotherSite = { 'x-session': '1', 'sec-fetch-site': 'cross-site' } as const;
const noFields = (): object => ({});

// prettier-ignore
const identity: readonly Line[] = [
  // 404 here: the issuer's token is for somebody of whom identity has no row
  line('GET /api/identity/me',                  'ok ok ok ok | ok ok | ok ok ok ok | 404 ok ok 404 404 404 | ok'),
  line('GET /api/identity/people',              `${networkList} | ok`),
  line('GET /api/identity/people/{id}/contact', '403 403 403 403 | 403 403 | 403 403 403 ok | 403 403 403 403 403 403', { id: 'person' }),
  line('PATCH /api/identity/people/{id}',       '403 ok 403 403 | 403 404 | 403 ok 403 403 | 403 404 403 403 403 403 | 404', { id: 'person', body: () => ({ active: true }) }),
  openLine('GET /api/identity/demo-people'),
  openLine('POST /api/identity/demo-tokens', { body: () => ({ login: 'dana.planner' }) }),
  openLine('GET /api/identity/sessions/{seat}/new'),
  openLine('GET /api/identity/sessions/{seat}/return'),
  openLine('POST /api/identity/sessions/{seat}/token', { headers: ofThePage, body: noFields }, '401'),
  openLine('POST /api/identity/sessions/{seat}/token', { headers: ofAnotherSite, body: noFields }, 'forged'),
  openLine('POST /api/identity/sessions/{seat}/end',   { headers: ofThePage, body: noFields }),
  openLine('POST /api/identity/sessions/{seat}/end',   { headers: ofAnotherSite, body: noFields }, 'forged'),
];

/**
 * contract.md §2.4, last line, and the operators' routes that every service has. `past`: nothing is parked in a healthy
 * platform.
 */
export function parkedLines(service: string): readonly Line[] {
  return [
    line(`GET /api/${service}/lag`, operatorsRead),
    line(`GET /api/${service}/rebuilds`, operators),
    line(`POST /api/${service}/rebuilds`, operatorsName, { body: () => ({ group: 'nobody.reads' }) }),
    line(`GET /api/${service}/resends`, operators),
    line(`POST /api/${service}/resends`, operatorsName, { body: () => ({ fromPosition: 'the beginning' }) }),
    line(`POST /api/${service}/log/read`, service === 'coordination' ? servicesOnlyEmpty : servicesOnly, {
      body: () => ({ version: 0, limit: 10 }),
    }),
    line(`GET /api/${service}/parked`, redrivers),
    line(`POST /api/${service}/parked/{id}/redrive`, redriversAct, { id: 'unknown', body: () => ({}) }),
    line(`GET /api/${service}/parked/discarded`, operators),
    line(`POST /api/${service}/parked/{id}/discard`, operatorsAct, {
      id: 'unknown',
      body: () => ({ reason: 'unreadable' }),
    }),
  ];
}

/** contract.md §2.4. */
export const othersLines: readonly Line[] = [...notifications, ...directory, ...coordination, ...identity];
