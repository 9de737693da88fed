import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDeployment, type TestDeployment } from '../deployment.ts';
import { Person } from '../stories/people.ts';
import { clientOf, needBody, personId, sent } from '../stories/scene.ts';

interface Problem {
  readonly type: string;
  readonly errors: readonly { readonly field: string; readonly message: string; readonly allowed?: unknown }[];
}

/** The sender, the request, and the field that the answer must name. */
type Bad = readonly [login: string, method: string, path: string, body: unknown, field: string];

describe('bad input, everywhere', () => {
  let deployment: TestDeployment;
  let taskId: string;
  let clientId: string;

  beforeAll(async () => {
    deployment = await openDeployment();
    ({ taskId, clientId } = await sent(deployment));
  });

  afterAll(() => deployment.close());

  const send = (login: string, method: string, path: string, body: unknown): ReturnType<Person['ask']> =>
    new Person(deployment, login).ask(method, path, body, { 'idempotency-key': randomUUID(), 'if-match': '"1"' });

  const cases = (): readonly Bad[] => {
    const referral = { client: clientOf(), priority: 'routine', needs: [needBody('housing', 'harbor-beds', [])] };
    const referrals = '/api/referrals/referrals';
    const task = `/api/referrals/tasks/${taskId}`;
    const consent = { clientId, kind: 'named-recipient', method: 'e-signature' };
    return [
      ['dana.planner', 'POST', referrals, { ...referral, priority: 'soon' }, 'priority'],
      ['dana.planner', 'POST', referrals, { ...referral, needs: [] }, 'needs'],
      ['dana.planner', 'POST', referrals, { ...referral, colour: 'red' }, 'colour'],
      [
        'dana.planner',
        'POST',
        referrals,
        { ...referral, client: { ...clientOf(), birthDate: '6 May' } },
        'client.birthDate',
      ],
      ['dana.planner', 'POST', referrals, { ...referral, client: { given: 'A' } }, 'client.language'],
      [
        'dana.planner',
        'POST',
        referrals,
        { ...referral, needs: [{ ...needBody('housing', 'harbor-beds', []), areaId: 'north' }] },
        'needs[0].areaId',
      ],
      [
        'dana.planner',
        'POST',
        referrals,
        { ...referral, needs: [needBody('employment', 'harbor-beds', [])] },
        'needs[0].healthcareServiceId',
      ],
      ['dana.planner', 'POST', referrals, { ...referral, neededBy: 'Friday' }, 'neededBy'],
      ['ines.harbor', 'POST', `${task}/accept`, {}, 'ownerId'],
      [
        'ines.harbor',
        'POST',
        `${task}/accept`,
        { ownerId: personId('ines.harbor'), expectedBy: '2026-01-01' },
        'expectedBy',
      ],
      ['ines.harbor', 'POST', `${task}/decline`, { reason: 'tired' }, 'reason'],
      ['ines.harbor', 'POST', `${task}/decline`, { reason: 'other' }, 'note'],
      ['ines.harbor', 'POST', `${task}/ask`, { question: '' }, 'question'],
      ['ines.harbor', 'POST', `${task}/ask`, { question: 'x'.repeat(4001) }, 'question'],
      ['ines.harbor', 'POST', `${task}/packet`, { purpose: 'curiosity' }, 'purpose'],
      ['ines.harbor', 'POST', '/api/referrals/tasks/query', { taskIds: ['x'] }, 'taskIds'],
      ['dana.planner', 'POST', '/api/referrals/clients/search', {}, 'name'],
      ['dana.planner', 'GET', `${referrals}?limit=1000`, undefined, 'limit'],
      ['dana.planner', 'GET', `${referrals}?open=perhaps`, undefined, 'open'],
      ['dana.planner', 'GET', `${referrals}?cursor=%21`, undefined, 'cursor'],
      ['dana.planner', 'POST', '/api/consent/consents', { ...consent, kind: 'blanket' }, 'kind'],
      ['dana.planner', 'POST', '/api/consent/consents', { ...consent, categories: ['everything'] }, 'categories'],
      ['dana.planner', 'GET', '/api/consent/consents', undefined, 'clientId'],
      ['dana.planner', 'POST', '/api/directory/candidates', { need: 'gardening' }, 'need'],
      ['dana.planner', 'GET', '/api/directory/healthcare-services?need=gardening', undefined, 'need'],
      ['ines.harbor', 'GET', '/api/coordination/inbox?group=whenever', undefined, 'group'],
      ['cora.coordinator', 'GET', '/api/coordination/board?state=lost', undefined, 'state'],
      ['ines.harbor', 'GET', '/api/notifications/notifications?unread=maybe', undefined, 'unread'],
      ['ines.harbor', 'GET', '/api/identity/people?organizationId=x', undefined, 'organizationId'],
      // short lists are paged too
      ['ines.harbor', 'GET', '/api/identity/demo-people?limit=0', undefined, 'limit'],
      ['ines.harbor', 'GET', '/api/referrals/reasons?cursor=%21', undefined, 'cursor'],
    ];
  };

  it('is answered with a problem that names the field and what is allowed', async () => {
    for (const [login, method, path, body, field] of cases()) {
      const reply = await send(login, method, path, body);
      const what = `${method} ${path.replace(taskId, ':id')} ${field}`;
      expect([what, reply.status, reply.text]).toEqual([what, 400, expect.stringContaining(field)]);
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
      const problem = reply.body as Problem;
      expect([what, problem.type]).toEqual([what, 'urn:problem:invalid']);
      const fault = problem.errors.find((each) => each.field.startsWith(field));
      expect([what, fault]).toEqual([what, expect.objectContaining({ message: expect.stringMatching(/\w/) })]);
      expect([what, fault?.allowed]).toEqual([what, expect.anything()]);
    }
  });

  it('an illegal move answers 409 with the moves that are legal', async () => {
    const reply = await send('ines.harbor', 'POST', `/api/referrals/tasks/${taskId}/complete`, {
      outcome: 'housed',
      outputs: [{ kind: 'placement', at: new Date().toISOString() }],
    });
    expect([reply.status, (reply.body as Problem).type]).toEqual([409, 'urn:problem:illegal-move']);
    const { legalMoves, state } = reply.body as { legalMoves: readonly { action: string }[]; state: string };
    expect([state, legalMoves.map((move) => move.action)]).toEqual([
      'sent',
      ['acknowledge', 'ask', 'accept', 'decline', 'redirect'],
    ]);
  });

  it('an unknown action gets the same answer as an unknown thing', async () => {
    const reply = await send('ines.harbor', 'POST', `/api/referrals/tasks/${taskId}/applaud`, {});
    expect(reply.status).toBe(404);
  });
});
