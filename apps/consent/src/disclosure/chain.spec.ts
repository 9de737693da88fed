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
  ...changes,
});

function chainOf(length: number): SealedEntry[] {
  const chain: SealedEntry[] = [];
  for (let place = 1; place <= length; place += 1) chain.push(seal(chain.at(-1)?.seal ?? firstSeal, entry(place)));
  return chain;
}

const headOf = (chain: readonly SealedEntry[]): { place: number; seal: string } => ({
  place: chain.length,
  seal: chain.at(-1)?.seal ?? firstSeal,
});

describe('the chain of a client’s ledger', () => {
  it('as it was written has no break, empty or long', () => {
    for (const length of [0, 1, 7]) {
      const chain = chainOf(length);
      expect(firstBreak(chain, headOf(chain))).toBeNull();
    }
  });

  it('a changed entry is found where it stands, whatever was changed in it', () => {
    const changes: readonly Partial<SealedEntry>[] = [
      { toOrganizationId: hospital },
      { readerId: null },
      { at: '2026-11-24T09:00:00.001Z' },
      { categories: ['core-contact', 'hiv-sti'] },
      { consentIds: [] },
      { noticeCodes: ['part-2-2.32'] },
      { kind: 'access-granted' },
      { place: 9 },
      { seal: firstSeal },
    ];
    for (const change of changes) {
      const chain = chainOf(5);
      const head = headOf(chain);
      const third = chain[2] as SealedEntry;
      expect(firstBreak(chain.with(2, { ...third, ...change }), head)).toBe(3);
    }
  });

  it('an entry taken out, put in or put elsewhere is found; also one missing at the end', () => {
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
