import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownPath } from './own-path.ts';

describe('where a sign-in leads', () => {
  it.each(['/', '/inbox', '/inbox?task=0190a0c0&open=true', '/referrals/x#needs', '/sign-in?fault=failed'])(
    'may be %s',
    (path) => {
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    ['another host', '//evil.example'],
    ['another host, as browsers read it', '/\\evil.example'],
    ['another host behind a tab', '/\t/evil.example'],
    ['another host behind a line break', '/\n/evil.example'],
    ['another host behind a dot', '/.//evil.example'],
    ['another host behind two dots', '/x/..//evil.example'],
    ['an absolute address', 'https://evil.example/'],
    ['another scheme', 'javascript:alert(1)'],
    ['a host alone', 'evil.example'],
    ['a user at another host', '/@evil.example/../..//evil.example'],
    ['nothing', ''],
    ['a relative path', 'inbox'],
    ['a route of the API', '/api/identity/sessions/0/new'],
    ['a route of the API by a detour', '/inbox/../api/identity/me'],
    ['a page of the issuer', '/oidc/session/end'],
  ])('is never %s', (_, path) => {
    expect(ownPath(path)).toBeUndefined();
  });

  it('is never another origin, whatever was sent', () => {
    const risky = fc.constantFrom('/', '\\', '.', '..', '@', ':', '?', '#', '\t', 'evil.example', 'https:', '%2f', 'a');
    fc.assert(
      fc.property(fc.array(risky, { maxLength: 8 }), (parts) => {
        const path = ownPath(parts.join(''));
        if (path === undefined) return;
        const own = 'https://platform.example';
        expect(new URL(path, `${own}/api/identity/sessions/0/return`).origin).toBe(own);
      }),
    );
  });
});
