import { createContext, useContext, useSyncExternalStore } from 'react';
import type { SessionKeeper } from '../door/session/session-keeper.ts';
import type { Session } from '../door/session/session.ts';
import type { Data } from './data.ts';
import type { LiveFeed } from './live/live-feed.ts';
import type { Pending } from './outbox/pending.ts';
import type { OutboxRunner } from './outbox/outbox-runner.ts';

/** The data of who is signed in; the application provides it around everything that needs a person. */
export const DataContext = createContext<Data | undefined>(undefined);

/** Throws outside of a sign-in: a screen that needs a person is never shown without one. */
export function useData(): Data {
  const data = useContext(DataContext);
  if (data === undefined) throw new Error('nobody is signed in');
  return data;
}

export function useSession(keeper: SessionKeeper): Session {
  return useSyncExternalStore(keeper.subscribe, keeper.state);
}

/** Whole seconds until the page locks, in the last minute; null before. */
export function useSecondsToLock(keeper: SessionKeeper): number | null {
  return useSyncExternalStore(keeper.subscribe, keeper.secondsToLock);
}

/** Acts that are held, under way or waiting, in the order in which they were decided. */
export function useOutbox(outbox: OutboxRunner): readonly Pending[] {
  return useSyncExternalStore(outbox.subscribe, outbox.state);
}

/** Since when nothing is received, in milliseconds of this computer's clock; null while the news are live. */
export function useSilentSince(live: LiveFeed): number | null {
  return useSyncExternalStore(live.subscribe, live.silentSince);
}
