import type { Grant } from './session.ts';

/** What the tabs of one seat tell each other. The token stays in memory: a channel of the page's own origin keeps nothing. */
export type TabWord =
  | { readonly kind: 'granted'; readonly grant: Grant }
  | { readonly kind: 'touched'; readonly at: number }
  | { readonly kind: 'ended' }
  | { readonly kind: 'left' };

export interface Tabs {
  readonly tell: (word: TabWord) => void;
  readonly listen: (hear: (word: TabWord) => void) => () => void;
  /** Runs alone among the tabs of this seat, where the browser has locks. */
  readonly alone: <Done>(work: () => Promise<Done>) => Promise<Done>;
}

/** The tabs of one seat. Without channels or locks (plain HTTP on a phone) each tab works for itself. */
export function tabsOf(name: string): Tabs {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
  const locks = typeof navigator === 'undefined' ? undefined : (navigator as Partial<Navigator>).locks;
  return {
    tell: (word) => channel?.postMessage(word),
    listen: (hear) => {
      const onMessage = ({ data }: MessageEvent<TabWord>): void => hear(data);
      channel?.addEventListener('message', onMessage);
      return () => channel?.removeEventListener('message', onMessage);
    },
    alone: (work) => (locks === undefined ? work() : locks.request(name, work).then((done) => done)),
  };
}
