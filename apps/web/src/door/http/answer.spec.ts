import { describe, expect, it } from '@jest/globals';
import { resultOf, type HttpAnswer } from './answer.ts';

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, header: (name) => headers[name] ?? null, text };
}

function problem(code: string, status: number, members: object = {}): object {
  return { type: `urn:problem:${code}`, title: 'A title', status, detail: 'A detail.', ...members };
}

describe('an answer', () => {
  it('has its value, version and position', () => {
    const headers = { etag: '"7"', position: 'NS9y' };
    expect(resultOf(answer(200, { taskId: 't1' }, headers), 'c1')).toEqual({
      ok: true,
      value: { taskId: 't1' },
      version: 7,
      position: 'NS9y',
      reached: true,
    });
  });

  it.each(['W/"7"', '"7-gzip"', 'W/"7-br"'])('has its version although a proxy wrote %s', (etag) => {
    expect(resultOf(answer(200, {}, { etag }), 'c1')).toMatchObject({ version: 7 });
  });

  it('says that the view does not contain the own write yet', () => {
    expect(resultOf(answer(200, {}, { 'position-reached': 'false' }), 'c1')).toMatchObject({ reached: false });
  });

  it('without a body is null', () => {
    expect(resultOf(answer(204, ''), 'c1')).toMatchObject({ ok: true, value: null, version: null });
  });

  it('that is not JSON is a problem, such as the sign-in page of a network', () => {
    expect(resultOf(answer(200, '<html>'), 'c1')).toMatchObject({
      ok: false,
      code: 'unknown-form',
      correlationId: 'c1',
    });
  });
});

describe('a problem', () => {
  const members = {
    invalid: { errors: [{ field: 'reason', message: 'reason is missing' }], moreErrors: 0 },
    'illegal-move': { state: 'accepted', version: 8, legalMoves: [] },
    guard: { guard: 'clientIsAlive', facts: { n: 1 }, legalMoves: [] },
  };
  it.each([
    ['invalid', 400, members.invalid],
    ['illegal-move', 409, members['illegal-move']],
    ['guard', 409, members.guard],
    ['role', 403, {}],
    ['not-found', 404, {}],
    ['unauthenticated', 401, {}],
    ['bug', 500, {}],
  ] as const)('%s has its members and the id that the server wrote down', (code, status, expected) => {
    const found = resultOf(answer(status, problem(code, status, expected), { 'x-correlation-id': 'c2' }), 'c1');
    expect(found).toEqual({ ok: false, code, status, correlationId: 'c2', retryAfterSeconds: null, ...expected });
  });

  it('stale has everything that the answer contains', () => {
    const found = resultOf(answer(412, problem('stale', 412, { version: 9, state: 'sent', section: { a: 1 } })), 'c1');
    expect(found).toMatchObject({ code: 'stale', version: 9, state: 'sent', members: { section: { a: 1 } } });
  });

  it('says when to come back', () => {
    const found = resultOf(answer(503, problem('consent-view-stale', 503), { 'retry-after': '5' }), 'c1');
    expect(found).toMatchObject({ code: 'consent-view-stale', retryAfterSeconds: 5 });
  });

  it.each([
    [502, '<html>Bad gateway</html>', 'unavailable'],
    [503, '', 'unavailable'],
    [504, 'upstream', 'unavailable'],
    [429, 'slow down', 'too-many'],
    [403, '<html>blocked</html>', 'unknown-form'],
    [500, problem('toString', 500), 'unknown-form'],
    [409, problem('guard', 409), 'unknown-form'],
  ])('of a proxy or in another form: %s %j is %s', (status, body, code) => {
    expect(resultOf(answer(status, body), 'c1')).toMatchObject({ ok: false, status, code });
  });
});
