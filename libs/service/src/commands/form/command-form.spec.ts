import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { actorOf } from '#testing';
import { Invalid } from '../../problems/form.problems.ts';
import type { ShellRequest } from '../../http/shell-request.ts';
import { commandForm } from './command-form.ts';
import { requestHash } from './request-hash.ts';

const asked = (headers: Record<string, string>): ShellRequest =>
  ({
    actor: actorOf('ines.harbor'),
    headers,
    method: 'POST',
    url: '/api/notes/notes/1?after=x',
    body: undefined,
    correlationId: 'c',
    traceparent: null,
  }) as unknown as ShellRequest;

const fieldsWrong = (headers: Record<string, string>): readonly string[] => {
  try {
    commandForm(asked(headers), true, []);
    return [];
  } catch (error) {
    return error instanceof Invalid ? error.errors.map((each) => each.field) : ['?'];
  }
};

describe('The headers of a command', () => {
  it.each(['12345678', 'x'.repeat(128), '!~{}[]<>@'])('takes the key %p', (key) => {
    expect(fieldsWrong({ 'idempotency-key': key })).toEqual([]);
  });

  it.each(['1234567', 'x'.repeat(129), 'with a space', 'schlüssel', ''])('refuses the key %p', (key) => {
    expect(fieldsWrong({ 'idempotency-key': key })).toEqual(['Idempotency-Key']);
  });

  it.each([
    ['"0"', 0],
    ['"7"', 7],
    ['"2147483647"', 2_147_483_647],
  ])('reads the version in %s', (text, version) => {
    expect(commandForm(asked({ 'idempotency-key': '12345678', 'if-match': text }), true, []).ifMatch).toBe(version);
  });

  it.each([
    ['W/"7"', 7],
    ['"7-gzip"', 7],
    ['W/"7-gzip"', 7],
    ['"7--gzip"', 7],
    ['"7;br"', 7],
    ['"7-zstd"', 7],
  ])('reads the version in %s, as a proxy that compresses has made it [P10]', (text, version) => {
    expect(commandForm(asked({ 'idempotency-key': '12345678', 'if-match': text }), true, []).ifMatch).toBe(version);
  });

  it.each([
    ['"12345678"', '12345678'],
    ['"1234\\"5678"', '1234"5678'],
    ['"12345678', '"12345678'],
  ])('takes the key %s for %s: a quoted one is the same key [P10]', (sent, key) => {
    expect(commandForm(asked({ 'idempotency-key': sent }), false, []).idempotencyKey).toBe(key);
  });

  it.each(['"1234567"', '""', `"${'x'.repeat(129)}"`])('measures the key %p without its quotes [P10]', (key) => {
    expect(fieldsWrong({ 'idempotency-key': key })).toEqual(['Idempotency-Key']);
  });

  it.each(['w/"7"', 'W/7', '"7-lzma"', '"7gzip"', 'W/"7", "8"'])('refuses the version %p too [P10]', (text) => {
    expect(fieldsWrong({ 'idempotency-key': '12345678', 'if-match': text })).toEqual(['If-Match']);
  });

  it.each(['7', '*', '"07"', '"seven"', '"7", "8"', '"-1"'])('refuses the version %p', (text) => {
    expect(fieldsWrong({ 'idempotency-key': '12345678', 'if-match': text })).toEqual(['If-Match']);
  });

  it('only notes that the version is missing: the rest of the form comes first', () => {
    const form = commandForm(asked({ 'idempotency-key': '12345678' }), true, []);
    expect(form.ifMatchMissing).toBe(true);
    expect(commandForm(asked({ 'idempotency-key': '12345678' }), false, []).ifMatchMissing).toBeUndefined();
  });

  it('names its own faults and those of the body together', () => {
    expect.assertions(1);
    try {
      commandForm(asked({ 'if-match': '7' }), true, [{ field: 'title', message: 'is missing' }]);
    } catch (error) {
      expect((error as Invalid).errors.map((each) => each.field)).toEqual(['Idempotency-Key', 'If-Match', 'title']);
    }
  });
});

describe('A repeat', () => {
  it('is one of the same method, path and body, however the body is ordered', async () => {
    const hash = await requestHash('POST', '/a', { one: 1, two: [{ x: 1, y: 2 }] });
    expect(await requestHash('POST', '/a', { two: [{ y: 2, x: 1 }], one: 1 })).toBe(hash);
    expect(await requestHash('PUT', '/a', { one: 1, two: [{ x: 1, y: 2 }] })).not.toBe(hash);
    expect(await requestHash('POST', '/b', { one: 1, two: [{ x: 1, y: 2 }] })).not.toBe(hash);
    expect(await requestHash('POST', '/a', { one: 1, two: [{ x: 1, y: 3 }] })).not.toBe(hash);
    expect(await requestHash('POST', '/a', { one: 1, two: [{ x: 1, y: 2 }, 0] })).not.toBe(hash);
  });

  it('does not depend on the query, in which a position may be, nor on whether an empty body is sent', async () => {
    const hash = await requestHash('POST', '/a', {});
    expect(await requestHash('POST', '/a?after=x', undefined)).toBe(hash);
  });

  it('has the hash of the JSON as a whole, also where a large body is hashed in pieces [S3]', async () => {
    const body = { kind: 'other', text: `ä${'😀"x'.repeat(1_000_000)}` };
    const whole = createHash('sha256')
      .update(`POST /a\n${JSON.stringify(body)}`)
      .digest('hex');
    expect(await requestHash('POST', '/a', body)).toBe(whole);
  });
});
