import { describe, expect, it } from '@jest/globals';
import { ServiceUnavailable, TooMany } from '../problems/later.problems.ts';
import { BodyBudget } from './body-budget.ts';
import { addressKey, Counts } from './counts.ts';
import { fewASecond } from './few-a-second.ts';
import { Limits } from './limits.ts';
import { securityHeaders } from './security-headers.ts';

const clock = (): { now: () => number; pass: (ms: number) => void } => {
  let at = 0;
  return { now: () => at, pass: (ms) => void (at += ms) };
};

describe('A count per minute', () => {
  it('is full at its limit, and restarts when the minute is over [S7]', () => {
    const { now, pass } = clock();
    const counts = new Counts(now);
    expect([counts.add('a', 2), counts.add('a', 2), counts.add('a', 2), counts.add('b', 2)]).toEqual([
      false,
      false,
      true,
      false,
    ]);
    pass(45_000);
    expect(counts.secondsLeft).toBe(15);
    pass(15_000);
    expect(counts.isFull('a', 2)).toBe(false);
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
  ])('of the address %s is that of %s, because an IPv6 customer has many addresses [S7]', (ip, key) => {
    expect(addressKey(ip)).toBe(key);
  });
});

describe('The limits of an installation', () => {
  it('let a valid token pass when others at its address try invalid ones [S7]', () => {
    const limits = new Limits(60, clock().now);
    limits.tokenHeld('Bearer good');
    for (let each = 0; each < 60; each += 1) limits.tokenRefused('10.0.0.1', `Bearer wrong${each}`);
    expect(() => limits.beforeToken('10.0.0.1', 'Bearer wrong')).toThrow(TooMany);
    expect(() => limits.beforeToken('10.0.0.1', 'Bearer good')).not.toThrow();
    expect(() => limits.beforeToken('10.0.0.2', 'Bearer wrong')).not.toThrow();
    limits.tokenRefused('10.0.0.1', 'Bearer good');
    expect(() => limits.beforeToken('10.0.0.1', 'Bearer good')).toThrow(TooMany);
  });

  it('do not exist if none is configured [S7]', () => {
    const limits = new Limits(0, clock().now);
    for (let each = 0; each < 1000; each += 1) {
      limits.person('p');
      limits.address('a');
      limits.tokenRefused('a', 'x');
      limits.beforeToken('a', 'x');
    }
  });
});

describe('Large bodies in progress', () => {
  const megabyte = 1024 * 1024;

  it('are limited for one person and for all, and released when they are answered [S6]', () => {
    const budget = new BodyBudget({ perPerson: 16 * megabyte, total: 24 * megabyte });
    const first = budget.take('one', 8 * megabyte);
    budget.take('one', 8 * megabyte);
    expect(() => budget.take('one', 8 * megabyte)).toThrow(TooMany);
    budget.take('two', 8 * megabyte);
    expect(() => budget.take('three', 8 * megabyte)).toThrow(ServiceUnavailable);
    expect(() => budget.take('three', 10_000)).not.toThrow();
    first?.();
    first?.();
    budget.take('three', 8 * megabyte);
    expect(() => budget.take('one', 9 * megabyte)).toThrow(TooMany);
  });
});

describe('A value that everybody may read', () => {
  it('is computed at most a few times a second [S7]', async () => {
    const { now, pass } = clock();
    let times = 0;
    const ask = fewASecond(() => Promise.resolve((times += 1)), 2, now);
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([1, 2, 2, 2]);
    pass(1000);
    expect(await ask()).toBe(3);
  });
});

describe('The headers of every answer', () => {
  it('require TLS only if people use it [S14]', () => {
    expect(securityHeaders('https://referrals.example.org')['strict-transport-security']).toBe('max-age=31536000');
    expect(securityHeaders('http://localhost:3000')['strict-transport-security']).toBeUndefined();
  });
});
