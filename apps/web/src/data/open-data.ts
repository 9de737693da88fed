import { QueryClient } from '@tanstack/react-query';
import type { PersonId } from '#contracts';
import type { Door } from '../door/door.ts';
import type { Outside } from '../door/outside.ts';
import type { Data, Positions } from './data.ts';
import { followLive, type LiveFeed } from './live/live-feed.ts';
import { takeNews, takeReset } from './news.ts';
import { runOutbox, type OutboxRunner } from './outbox/outbox-runner.ts';
import type { TabLife } from './outbox/tab-life.ts';
import { afterFor, remembered, type Written } from './positions.ts';
import { isTriedAgain } from './reads/refusal.ts';
import { openVault, type Vault } from './vault/vault.ts';
import { takeAnswer, takeRefusal } from './written.ts';

export interface OpenDataParts {
  readonly door: Door;
  readonly outside: Outside;
  readonly life: TabLife;
  readonly serverNow: () => number;
}

/** The data of one tab: the outbox outlives a lock of the page, everything else belongs to one sign-in. */
export interface TabData {
  readonly outbox: OutboxRunner;
  /** `draftKey`: null where the browser cannot keep anything safely. */
  readonly signedIn: (personId: PersonId, draftKey: CryptoKey | null) => Promise<SignedIn>;
}

export interface SignedIn {
  readonly data: Data;
  readonly live: LiveFeed;
  readonly vault: Vault | null;
  /** Nothing of the person stays in memory but what neither vault nor server has. */
  readonly lock: () => void;
}

export function openTabData({ door, outside, life, serverNow }: OpenDataParts): TabData {
  let current: Data | undefined;
  const outbox = runOutbox({
    ...{ door, outside, life, serverNow },
    answered: (act, answer) => current !== undefined && takeAnswer(current, act, answer),
    refused: (act, problem) => current !== undefined && takeRefusal(current, act, problem),
  });
  return {
    outbox,
    signedIn: async (personId, draftKey) => {
      const queryClient = new QueryClient({
        defaultOptions: { queries: { retry: isTriedAgain, refetchOnWindowFocus: false, staleTime: 0 } },
      });
      const { positions, end } = sharedPositions(personId, outside.now);
      const data: Data = { door, queryClient, outbox, personId, positions, serverNow };
      current = data;
      const vault = draftKey === null ? null : openVault(personId, draftKey, outside.now);
      const live = followLive({
        ...{ door, outside, name: personId },
        changed: (changes) => takeNews(data, changes),
        reset: () => takeReset(data),
      });
      await outbox.open(personId, vault);
      return {
        ...{ data, live, vault },
        lock: () => {
          current = undefined;
          outbox.lock();
          live.end();
          end();
          queryClient.clear();
        },
      };
    },
  };
}

/** Positions of own writes, shared with the other tabs of the same person. */
function sharedPositions(
  personId: string,
  now: () => number,
): { readonly positions: Positions; readonly end: () => void } {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`positions/${personId}`);
  let known: readonly Written[] = [];
  channel?.addEventListener('message', ({ data }: MessageEvent<Written>) => (known = remembered(known, data)));
  return {
    positions: {
      after: (subject) => afterFor(known, subject, now()),
      wrote: (subjects, position) => {
        if (position === null) return;
        const written: Written = { subjects, position, at: now() };
        known = remembered(known, written);
        channel?.postMessage(written);
      },
    },
    end: () => channel?.close(),
  };
}
