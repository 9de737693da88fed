import type { Act } from './act.ts';

/**
 * Which tabs live: each holds a lock named after itself. A tab takes over the acts of those that are gone. Where the
 * browser has no locks it has no vault either, so nothing is ever found.
 */
export interface TabLife {
  readonly tabId: string;
  /** The acts among these that belong to this tab, or to a tab that is gone. */
  readonly mine: (acts: readonly Act[]) => Promise<readonly Act[]>;
  /** Runs while no other tab takes acts over. */
  readonly alone: <Done>(work: () => Promise<Done>) => Promise<Done>;
}

const prefix = 'outbox/';

export function beginTabLife(tabId: string): TabLife {
  const locks = (navigator as Partial<Navigator>).locks;
  const alive = new Promise<void>((granted) => {
    if (locks === undefined) return granted();
    // held until the page ends: nothing resolves the inner promise
    void locks.request(`${prefix}${tabId}`, () => {
      granted();
      return new Promise<never>(() => undefined);
    });
  });
  return {
    tabId,
    alone: (work) => (locks === undefined ? work() : locks.request('outbox-takeover', work).then((done) => done)),
    mine: async (acts) => {
      await alive;
      const { held = [] } = (await locks?.query()) ?? {};
      const living = new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
      return acts.filter((act) => act.tabId === tabId || !living.has(act.tabId));
    },
  };
}
