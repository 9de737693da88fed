import { describe, expect, it } from '@jest/globals';
import { requestOf, type Caller } from './request.ts';
import { routes } from '../routes.ts';

const caller: Caller = { token: 'abc', language: 'es', correlationId: '0190a0c0-0000-7000-8000-000000000001' };

describe('a request', () => {
  it('of a move has the token, the key, the version and the body', () => {
    const request = requestOf(
      routes.actOnTask,
      { params: { id: 't1', action: 'accept' }, body: { ownerId: 'p1' }, key: 'k1', ifMatch: 7 },
      caller,
    );
    expect(request).toEqual({
      method: 'POST',
      url: '/api/referrals/tasks/t1/accept',
      headers: {
        accept: 'application/json',
        'accept-language': 'es',
        'x-correlation-id': '0190a0c0-0000-7000-8000-000000000001',
        authorization: 'Bearer abc',
        'content-type': 'application/json',
        'idempotency-key': 'k1',
        'if-match': '"7"',
      },
      body: '{"ownerId":"p1"}',
    });
  });

  it('of a read has filters, lists as repeated keys, and the position to wait for', () => {
    const query = { state: ['sent', 'received'], mine: true, group: undefined };
    const { url, body } = requestOf(routes.inbox, { query, after: 'NS9y' }, caller);
    expect([url, body]).toEqual(['/api/coordination/inbox?state=sent&state=received&mine=true&after=NS9y', undefined]);
  });

  it('names nobody where nobody is signed in', () => {
    expect(requestOf(routes.me, {}, { ...caller, token: null }).headers).not.toHaveProperty('authorization');
  });

  it('cannot leave its path by a parameter, and needs each of them', () => {
    expect(requestOf(routes.task, { params: { id: '../me?a=1' } }, caller).url).toBe(
      '/api/referrals/tasks/..%2Fme%3Fa%3D1',
    );
    expect(() => requestOf(routes.task, { params: { id: '' } }, caller)).toThrow('needs id');
    expect(() => requestOf(routes.task, {}, caller)).toThrow('needs id');
  });
});
