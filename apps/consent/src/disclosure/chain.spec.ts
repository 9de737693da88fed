import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { categories } from '#contracts';
import { clientId, consentIdOf, harbor, hospital } from '../examples/consent-examples.ts';
import { firstBreak, firstSeal, seal } from './chain.ts';
import type { LedgerEntry, SealedEntry } from './disclosure.ts';

const entry = (place: number, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  entryId: consentIdOf(1000 + place),
  clientId,
  place,
  eventId: consentIdOf(2000 + place),
  disclosureId: consentIdOf(3000 + place),
  accessId: null,
  kind: 'opened',
  direction: 'send',
  at: '2026-11-24T09:00:00.000Z',
  referralId: consentIdOf(1),
  taskId: consentIdOf(2),
  fromOrganizationId: hospital,
  toOrganizationId: harbor,
  readerId: consentIdOf(3),
  categories: ['core-contact'],
  purpose: 'care-coordination',
  consentIds: [consentIdOf(4)],
  noticeCodes: [],
  attachmentIds: [],
  cause: null,
  ...changes,
});

function chainOf(length: number, changes: Partial<LedgerEntry> = {}): SealedEntry[] {
  const chain: SealedEntry[] = [];
  for (let place = 1; place <= length; place += 1) {
    chain.push(seal(chain.at(-1)?.seal ?? firstSeal, entry(place, changes)));
  }
  return chain;
}

const headOf = (chain: readonly SealedEntry[]): { place: number; seal: string } => ({
  place: chain.length,
  seal: chain.at(-1)?.seal ?? firstSeal,
});

describe('the chain of a client’s ledger', () => {
  it('is intact as it was written, empty or long', () => {
    for (const length of [0, 1, 7]) {
      const chain = chainOf(length);
      expect(firstBreak(chain, headOf(chain))).toBeNull();
    }
  });

  it('stays valid for entries that were sealed before there were attachments', () => {
    // made by the first release: three openings without attachments
    expect(chainOf(3).map((each) => each.seal)).toEqual([
      '7f7d57b45a22cd6242382a81760a9da34d9a6f5063594bd87d667501bd0a4e6e',
      'cc6b4c48982a3918edbbede391aca4ce2153ebaa9658c23b7771b89ab7f68e6b',
      '155e265a90a1d5456d2cd2fd9c02efb31f5730517c4e4b7868c01995b55a9052',
    ]);
  });

  it('a changed, removed or added cause is found [W10]', () => {
    const chain = chainOf(3, { kind: 'access-ended', cause: 'consent-expired' });
    const second = chain[1] as SealedEntry;
    for (const cause of ['consent', null] as const)
      expect(firstBreak(chain.with(1, { ...second, cause }), headOf(chain))).toBe(2);
    const without = chainOf(3);
    const changed = { ...(without[1] as SealedEntry), cause: 'deceased' as const };
    expect(firstBreak(without.with(1, changed), headOf(without))).toBe(2);
  });

  it('attachments added to an entry that had none are found', () => {
    const chain = chainOf(3);
    const second = chain[1] as SealedEntry;
    expect(firstBreak(chain.with(1, { ...second, attachmentIds: [consentIdOf(5)] }), headOf(chain))).toBe(2);
  });

  it('a changed entry is found at its place, whatever was changed in it', () => {
    const changes: readonly Partial<SealedEntry>[] = [
      { toOrganizationId: hospital },
      { readerId: null },
      { at: '2026-11-24T09:00:00.001Z' },
      { categories: ['core-contact', 'hiv-sti'] },
      { consentIds: [] },
      { noticeCodes: ['part-2-2.32'] },
      { attachmentIds: [] },
      { attachmentIds: [consentIdOf(6)] },
      { cause: 'declined' },
      { attachmentIds: [consentIdOf(5), consentIdOf(6)] },
      { kind: 'access-granted' },
      { place: 9 },
      { seal: firstSeal },
    ];
    for (const change of changes) {
      const chain = chainOf(5, { attachmentIds: [consentIdOf(5)] });
      const head = headOf(chain);
      const third = chain[2] as SealedEntry;
      expect(firstBreak(chain.with(2, { ...third, ...change }), head)).toBe(3);
    }
  });

  it('a removed, inserted or moved entry is found; also one missing at the end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.nat(7),
        fc.subarray([...categories], { minLength: 1 }),
        (length, at, named) => {
          const chain = chainOf(length);
          const head = headOf(chain);
          const index = at % length;
          expect(firstBreak(chain.toSpliced(index, 1), head)).toBe(index + 1);
          const forged = seal(
            chain[index - 1]?.seal ?? firstSeal,
            entry(index + 1, { categories: named, entryId: consentIdOf(9) }),
          );
          expect(firstBreak(chain.toSpliced(index, 0, forged), head)).not.toBeNull();
          expect(firstBreak(chain.with(index, forged), head)).not.toBeNull();
        },
      ),
    );
  });
});
