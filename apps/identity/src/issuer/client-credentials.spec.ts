import { describe, expect, it } from '@jest/globals';
import { credentialsOf, isSecret } from './client-credentials.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const form = { client_id: 'referrals', client_secret: 'a secret' };

describe('the credentials of a program', () => {
  it('come by the Basic header, each half form-encoded', () => {
    expect(credentialsOf(basic('referrals:a%3Ab+c'), {})).toEqual({
      clientId: 'referrals',
      clientSecret: 'a:b c',
      byHeader: true,
    });
  });

  it('or come in the form', () => {
    expect(credentialsOf(undefined, form)).toEqual({
      clientId: 'referrals',
      clientSecret: 'a secret',
      byHeader: false,
    });
  });

  it('never come both ways at once', () => {
    expect(credentialsOf(basic('referrals:a'), form)).toBeUndefined();
  });

  it.each([
    ['another scheme', 'Bearer abc'],
    ['no colon', basic('referrals')],
    ['broken encoding', basic('referrals:%zz')],
    ['nothing', ''],
  ])('are none with %s', (_, header) => {
    expect(credentialsOf(header, {})).toBeUndefined();
  });

  it('are none where the form names only half of them', () => {
    expect(credentialsOf(undefined, { client_id: 'referrals' })).toBeUndefined();
    expect(credentialsOf(undefined, { client_id: ['referrals'], client_secret: 'a' })).toBeUndefined();
  });
});

describe('a secret', () => {
  it('is right or it is not', () => {
    expect(isSecret('a', 'a')).toBe(true);
    expect(isSecret('b', 'a')).toBe(false);
  });

  it('that the house does not have is never right, not even the empty one', () => {
    expect(isSecret('', undefined)).toBe(false);
    expect(isSecret('', '')).toBe(false);
  });
});
