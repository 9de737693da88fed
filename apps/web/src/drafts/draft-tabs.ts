import type { Draft } from './saving/draft.ts';

interface DraftTabsParts {
  /** The tab that writes shows what it has. */
  readonly shown: (draft: Draft) => void;
  /** This tab may write now. */
  readonly granted: () => void;
  /** Another tab wants to write: everything that is here must be kept first. */
  readonly handOver: () => Promise<void>;
  /** Another tab writes now. */
  readonly lost: () => void;
  readonly current: () => Draft;
  readonly later: (ms: number, run: () => void) => () => void;
}

/** Which tab of this browser writes a draft: the one that holds its lock. */
export interface DraftTabs {
  /** Resolves when it is known whether this tab writes. */
  readonly ready: Promise<void>;
  readonly isWriting: () => boolean;
  readonly show: (draft: Draft) => void;
  /** Takes the pen: the other tab keeps what it has, and lets go; a tab that hangs is robbed after a second. */
  readonly take: () => void;
  readonly close: () => void;
}

type Word = { readonly kind: 'shown'; readonly draft: Draft } | { readonly kind: 'wanted' | 'joined' };

const patienceMs = 1000;

export function shareDraft(draftId: string, parts: DraftTabsParts): DraftTabs {
  const name = `draft/${draftId}`;
  const locks = (navigator as Partial<Navigator>).locks;
  const channel = new BroadcastChannel(name);
  // without locks (plain HTTP) every tab writes, and the server merges them like two devices
  let writes = locks === undefined;
  let release = (): void => undefined;

  const hold = (options: LockOptions, known?: (isOurs: boolean) => void): void => {
    const held = locks?.request(name, options, (lock) => {
      known?.(lock !== null);
      if (lock === null) return undefined;
      writes = true;
      parts.granted();
      return new Promise<void>((free) => (release = free));
    });
    held
      ?.catch(() => undefined)
      .then(
        () => {
          if (!writes) return;
          writes = false;
          parts.lost();
        },
        () => undefined,
      );
  };

  channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'shown' && !writes) parts.shown(data.draft);
    if (data.kind === 'joined' && writes) channel.postMessage({ kind: 'shown', draft: parts.current() } satisfies Word);
    if (data.kind === 'wanted' && writes && locks !== undefined) {
      void parts.handOver().then(() => {
        channel.postMessage({ kind: 'shown', draft: parts.current() } satisfies Word);
        release();
      });
    }
  });

  const ready =
    locks === undefined ? Promise.resolve() : new Promise<void>((known) => hold({ ifAvailable: true }, () => known()));
  void ready.then(() => {
    if (!writes) channel.postMessage({ kind: 'joined' } satisfies Word);
  });

  return {
    ready,
    isWriting: () => writes,
    show: (draft) => {
      if (writes) channel.postMessage({ kind: 'shown', draft } satisfies Word);
    },
    take: () => {
      if (writes) return;
      channel.postMessage({ kind: 'wanted' } satisfies Word);
      const waits = new AbortController();
      const stop = parts.later(patienceMs, () => {
        waits.abort();
        hold({ steal: true });
      });
      hold({ signal: waits.signal }, stop);
    },
    close: () => {
      writes = false;
      release();
      channel.close();
    },
  };
}
