import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { opened, sealed, type Sealed } from './sealing.ts';

/** `act`: decided and not answered yet. `draft`: typed and not sent. `file`: a photographed paper of a draft. */
export type Kept = 'act' | 'draft' | 'file';

export interface Found {
  readonly id: string;
  /** When it was kept, in milliseconds of this computer's clock. */
  readonly at: number;
  /** Undefined if this key does not open it. */
  readonly value: unknown;
}

/** What one person keeps in this browser, encrypted. Never rejects: a browser that cannot keep anything says so. */
export interface Vault {
  /** Whether it is on the disk now, also if the browser is killed in the next instant. */
  readonly keep: (kind: Kept, id: string, value: unknown) => Promise<boolean>;
  readonly all: (kind: Kept) => Promise<readonly Found[]>;
  readonly one: (kind: Kept, id: string) => Promise<unknown>;
  readonly remove: (kind: Kept, id: string) => Promise<void>;
}

interface Rec extends Sealed {
  readonly place: string;
  readonly personId: string;
  readonly kind: Kept;
  readonly id: string;
  readonly at: number;
}

interface Schema extends DBSchema {
  readonly records: {
    readonly key: string;
    readonly value: Rec;
    readonly indexes: { readonly whose: [string, string] };
  };
}

let opening: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('vault', 1, {
    upgrade: (db) => {
      db.createObjectStore('records', { keyPath: 'place' }).createIndex('whose', ['personId', 'kind']);
    },
    // another tab has a newer version of the application: it must not wait for this one
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    terminated: () => (opening = undefined),
  });
  opening.catch(() => (opening = undefined));
  return opening;
}

/** `now`: milliseconds since 1970. */
export function openVault(personId: string, key: CryptoKey, now: () => number): Vault {
  const placeOf = (kind: Kept, id: string): string => `${personId}/${kind}/${id}`;
  const valueIn = (found: Rec): Promise<unknown> => opened(key, found.place, found);
  return {
    keep: async (kind, id, value) => {
      try {
        const place = placeOf(kind, id);
        const record: Rec = { place, personId, kind, id, at: now(), ...(await sealed(key, place, value)) };
        const transaction = (await database()).transaction('records', 'readwrite', { durability: 'strict' });
        await Promise.all([transaction.store.put(record), transaction.done]);
        return true;
      } catch {
        return false;
      }
    },
    all: async (kind) => {
      try {
        const found = await (await database()).getAllFromIndex('records', 'whose', [personId, kind]);
        return await Promise.all(found.map(async (each) => ({ id: each.id, at: each.at, value: await valueIn(each) })));
      } catch {
        return [];
      }
    },
    one: async (kind, id) => {
      try {
        const found = await (await database()).get('records', placeOf(kind, id));
        return found === undefined ? undefined : await valueIn(found);
      } catch {
        return undefined;
      }
    },
    remove: async (kind, id) => {
      try {
        await (await database()).delete('records', placeOf(kind, id));
      } catch {
        // what cannot be removed stays encrypted, and is removed with the draft's 30 days
      }
    },
  };
}

/** How many drafts are kept here, whoever they belong to: known before anybody signs in. */
export async function draftsKeptHere(): Promise<number> {
  try {
    const all = await (await database()).getAll('records');
    return all.filter(({ kind }) => kind === 'draft').length;
  } catch {
    return 0;
  }
}
