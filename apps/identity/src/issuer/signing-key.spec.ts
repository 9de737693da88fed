import { describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { signingKeyOf } from './signing-key.ts';

describe('the signing key', () => {
  it('is named by its thumbprint', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const kept = await exportJWK(privateKey);
    const { keyId, jwk } = await signingKeyOf({ ...kept });
    expect(jwk).toEqual({ ...kept, kid: keyId, alg: 'ES256', use: 'sig' });
    expect(keyId).toMatch(/^[\w-]{43}$/);
  });

  it.each([
    ['no key', null],
    ['another kind of key', { kty: 'RSA', n: 'abc', e: 'AQAB', d: 'abc' }],
    ['a public key alone', { kty: 'EC', crv: 'P-256', x: 'abc', y: 'abc' }],
  ])('refuses %s with a message that does not show it', async (_, kept) => {
    await expect(signingKeyOf(kept)).rejects.toThrow(/^identity cannot issue tokens: .*key/);
    await expect(signingKeyOf(kept)).rejects.not.toThrow(/abc/);
  });
});
