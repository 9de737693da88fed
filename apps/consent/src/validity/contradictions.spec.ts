import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brokenBy, contradictionCodes, contradictionsIn, type Contradiction, type Wording } from './contradictions.ts';
import { isSameName } from './same-name.ts';

const honest: Wording = {
  signedName: 'Tess Tester',
  signer: { relation: 'self', name: 'Tess Tester' },
  statementVersion: '2026-01',
  expiresEvent: null,
  expiresOn: '2027-06-30',
  attestation: null,
  signedAt: '2026-11-24T07:00:00.000Z',
};
const unknown = { born: null, adult: null };
const signer = (relation: string, name: string): Partial<Wording> => ({ signer: { relation, name } });

describe('the contradictions in a paper', () => {
  it('are none in a consistent one', () => {
    expect(contradictionsIn(honest, { born: true, adult: true })).toEqual([]);
    expect(contradictionsIn({ ...honest, ...signer('guardian', 'Gil Guard') }, unknown)).toEqual([]);
  });

  const dishonest: readonly [string, Contradiction, Partial<Wording>][] = [
    ['a name of blanks', 'signed-name-blank', { signedName: '   ' }],
    ['a name of invisible signs', 'signed-name-blank', { signedName: '\u200b\u2060' }],
    ['a name of punctuation', 'signed-name-blank', { signedName: '--- .' }],
    ['a name of digits', 'signed-name-blank', { signedName: '12345' }],
    ['a signer of blanks', 'signer-blank', signer('self', '\u00a0')],
    ['a self that is somebody else', 'signer-not-the-client', signer('self', 'Otto Other')],
    ['a guardian who is the client', 'signer-is-the-client', signer('guardian', 'tester, TESS')],
    ['a statement of blanks', 'statement-blank', { statementVersion: ' ' }],
    ['an end in blank words', 'expiry-blank', { expiresOn: null, expiresEvent: ' ... ' }],
    ['an end before the signature', 'expired-before-signed', { expiresOn: '2026-11-23' }],
    ['a script of blanks', 'attestation-blank', { attestation: { script: '\t', at: null } }],
    [
      'words read out days before it was signed',
      'attested-another-day',
      { attestation: { script: 'Do you agree?', at: '2026-11-22T07:00:00.000Z' } },
    ],
    [
      'words read out days after it was signed',
      'attested-another-day',
      { attestation: { script: 'Do you agree?', at: '2026-11-26T07:00:00.000Z' } },
    ],
  ];
  it.each(dishonest)('%s: %s [W9]', (_, code, changes) => {
    expect(contradictionsIn({ ...honest, ...changes }, unknown)).toEqual([code]);
  });

  it('are a signature before birth, and a parent who signs for an adult [W9]', () => {
    expect(contradictionsIn(honest, { born: false, adult: false })).toEqual(['signed-before-birth']);
    const byParent = { ...honest, ...signer('parent', 'Paula Tester') };
    expect(contradictionsIn(byParent, { born: true, adult: true })).toEqual(['parent-of-adult']);
    expect(contradictionsIn(byParent, { born: true, adult: false })).toEqual([]);
    expect(contradictionsIn(byParent, unknown)).toEqual([]);
  });

  it('name their element and their rule, each in words [W9]', () => {
    for (const code of contradictionCodes) {
      const broken = brokenBy(code);
      expect(broken?.rule).toMatch(/CFR|domain\.md/);
      expect(broken?.rule.length).toBeLessThanOrEqual(200);
    }
  });
});

describe('the same name', () => {
  it.each([
    ['Élodie Núñez', 'ELODIE NUNEZ'],
    ['Núñez, Élodie', 'élodie núñez'],
    ['İbrahim Öztürk', 'ibrahim ozturk'],
    ["Sinéad O'Neil", 'SINEAD ONEIL'],
    ['Strauß', 'STRAUSS'],
  ])('is %s and %s [W9]', (one, other) => {
    expect(isSameName(one, other)).toBe(true);
  });

  it('equals itself with any blanks around it, and no other name [W9]', () => {
    fc.assert(fc.property(fc.string(), (name) => isSameName(name, `  ${name.toUpperCase()} `)));
    expect(isSameName('Tess Tester', 'Tess Testa')).toBe(false);
  });
});
