import { beforeAll, describe, expect, it } from '@jest/globals';
import { opened, sealed } from './sealing.ts';

const canary = 'Rosa Villanueva, ground floor';

describe('a sealed value', () => {
  let key: CryptoKey;
  const newKey = (): Promise<CryptoKey> =>
    crypto.subtle.importKey('raw', crypto.getRandomValues(new Uint8Array(32)), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]);
  beforeAll(async () => {
    key = await newKey();
  });

  it('opens at its place, by its key', async () => {
    const value = { who: { given: canary }, needs: [1, null, 'ü'] };
    expect(await opened(key, 'ines/draft/d1', await sealed(key, 'ines/draft/d1', value))).toEqual(value);
  });

  it('opens neither by another key, nor at another place, nor changed', async () => {
    const kept = await sealed(key, 'ines/draft/d1', canary);
    expect(await opened(await newKey(), 'ines/draft/d1', kept)).toBeUndefined();
    expect(await opened(key, 'ines/draft/d2', kept)).toBeUndefined();
    const bytes = kept.bytes.slice(0);
    new Uint8Array(bytes)[0] = (new Uint8Array(bytes)[0] ?? 0) ^ 1;
    expect(await opened(key, 'ines/draft/d1', { ...kept, bytes })).toBeUndefined();
  });

  it('shows nothing of what is in it, and is never the same twice', async () => {
    const [one, other] = await Promise.all([sealed(key, 'p', canary), sealed(key, 'p', canary)]);
    const text = (each: ArrayBuffer): string => Buffer.from(each).toString('latin1');
    expect(text(one.bytes)).not.toContain('Rosa');
    expect(text(one.bytes)).not.toBe(text(other.bytes));
  });

  it('by a key that no script can read out', async () => {
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow('not extractable');
  });
});
