import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import { derivedSecrets, keptSecrets, makeSecrets } from './secrets.ts';

const services = ['referrals', 'consent'];
const clients = ['referrals'];
const text = 'a secret of thirty-two characters or more';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('Secrets', () => {
  it('are made for every service and client, all different', () => {
    const { rolePasswords, clientSecrets, cookieKeys, draftSecret } = makeSecrets(services, clients);
    const all = [
      ...Object.values(rolePasswords).flatMap(Object.values),
      ...Object.values(clientSecrets),
      ...cookieKeys,
      draftSecret,
    ];
    expect(all).toHaveLength(7);
    expect(new Set(all).size).toBe(7);
    expect(all.every((each) => each.length >= 43)).toBe(true);
  });

  it('contain a key whose signatures its public half verifies', async () => {
    for (const { signingKey } of [makeSecrets([], []), derivedSecrets(text, [], [])]) {
      const { d: _, ...open } = signingKey as JWK;
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'ES256' })
        .sign(await importJWK(signingKey as JWK, 'ES256'));
      await expect(jwtVerify(token, await importJWK(open, 'ES256'))).resolves.toBeDefined();
    }
  });

  it('from one text are the same in every process, and others from another text', () => {
    expect(derivedSecrets(text, services, clients)).toEqual(derivedSecrets(text, services, clients));
    expect(derivedSecrets(text, ['consent'], []).rolePasswords).toEqual({
      consent: derivedSecrets(text, services, clients).rolePasswords['consent'],
    });
    expect(derivedSecrets(`${text}!`, services, clients).signingKey).not.toEqual(
      derivedSecrets(text, services, clients).signingKey,
    );
  });

  it('are stored in a file that only its owner may read, and stay the same', async () => {
    const file = join(folder, 'data', 'secrets.json');
    const first = await keptSecrets(file, services, clients);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await keptSecrets(file, services, clients)).toEqual(first);
  });

  it('get new entries for a new service, without changing the others', async () => {
    const file = join(folder, 'secrets.json');
    const first = await keptSecrets(file, services, clients);
    const second = await keptSecrets(file, [...services, 'identity'], clients);
    expect(second.rolePasswords).toMatchObject(first.rolePasswords);
    expect(second.rolePasswords['identity']).toBeDefined();
    expect(second.signingKey).toEqual(first.signingKey);
  });

  it('get a draft secret in a file from before it, and keep it', async () => {
    const file = join(folder, 'secrets.json');
    const { draftSecret: _, ...before } = makeSecrets(services, clients);
    await writeFile(file, JSON.stringify(before));
    const { draftSecret, ...rest } = await keptSecrets(file, services, clients);
    expect(draftSecret).toMatch(/^[\w-]{43}$/);
    expect(rest).toMatchObject(before);
    expect((await keptSecrets(file, services, clients, 2)).draftSecret).toBe(draftSecret);
  });

  it('rotate the signing key once when its number is raised, and keep the previous one', async () => {
    const file = join(folder, 'secrets.json');
    const first = await keptSecrets(file, services, clients);
    const second = await keptSecrets(file, services, clients, 2);
    expect(second.signingKey).not.toEqual(first.signingKey);
    expect(second.previousSigningKey).toEqual(first.signingKey);
    expect(second.rolePasswords).toEqual(first.rolePasswords);
    expect(await keptSecrets(file, services, clients, 2)).toEqual(second);
    // another process with the old configuration does not turn it back
    expect(await keptSecrets(file, services, clients, 1)).toEqual(second);
    const third = await keptSecrets(file, services, clients, 5);
    expect(third.previousSigningKey).toEqual(second.signingKey);
  });

  it('from one text rotate alike in every process', () => {
    const first = derivedSecrets(text, services, clients);
    const second = derivedSecrets(text, services, clients, 2);
    expect(second.previousSigningKey).toEqual(first.signingKey);
    expect(derivedSecrets(text, services, clients, 3).previousSigningKey).toEqual(second.signingKey);
    expect(second.clientSecrets).toEqual(first.clientSecrets);
  });

  it('in a file from before key numbers stay unchanged', async () => {
    const file = join(folder, 'secrets.json');
    const { rolePasswords, clientSecrets, signingKey, cookieKeys } = makeSecrets(services, clients);
    await writeFile(file, JSON.stringify({ rolePasswords, clientSecrets, signingKey, cookieKeys }));
    expect(await keptSecrets(file, services, clients)).toMatchObject({ signingKey, previousSigningKey: null });
    expect((await keptSecrets(file, services, clients, 2)).previousSigningKey).toEqual(signingKey);
  });

  it('in an unreadable file stop the start, without being printed', async () => {
    const file = join(folder, 'secrets.json');
    await writeFile(file, '{"rolePasswords": "hunter2');
    await expect(keptSecrets(file, services, clients)).rejects.toThrow(/cannot be read$/);
    await expect(keptSecrets(file, services, clients)).rejects.not.toThrow(/hunter2/);
    expect(await readFile(file, 'utf8')).toContain('hunter2');
    await chmod(file, 0o600);
  });
});
