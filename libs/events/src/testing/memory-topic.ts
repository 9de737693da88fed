import type { OutgoingMessage, Publisher } from '../messages.ts';

/** How a send ends: stored and answered, refused and not stored, or stored with the answer lost. */
export type SendFate = 'stored' | 'refused' | 'answer-lost';

/**
 * A topic that a spec can inspect. Its publishers enforce the same rules as kafkajs: one send at a time, none after a
 * failure (traps.md 1 and 2). A broken rule is recorded in `faults`.
 */
export class MemoryTopic {
  readonly messages: OutgoingMessage[] = [];
  readonly faults: string[] = [];
  /** How the next sends end; later sends are stored. */
  fates: SendFate[] = [];
  partitions = 6;
  sends = 0;
  opened = 0;
  closed = 0;
  /** Awaited in each send before anything is stored. */
  gate: () => Promise<void> = () => Promise.resolve();

  publisher(): Publisher {
    this.opened += 1;
    let state: 'ready' | 'sending' | 'broken' = 'ready';
    return {
      send: async (_topic, messages) => {
        if (state !== 'ready') this.faults.push(`a send while the publisher was ${state}`);
        state = 'sending';
        this.sends += 1;
        await this.gate();
        const fate = this.fates.shift() ?? 'stored';
        if (fate !== 'refused') this.messages.push(...messages);
        state = fate === 'stored' ? 'ready' : 'broken';
        if (fate !== 'stored') throw new Error(`the broker is away (${fate})`);
      },
      partitionsOf: () => Promise.resolve(this.partitions),
      close: () => {
        if (state === 'sending') this.faults.push('closed during a send');
        this.closed += 1;
        return Promise.resolve();
      },
    };
  }

  /** The stream versions of a key as they were sent, with duplicates. */
  versionsOf(key: string): readonly number[] {
    return this.messages.filter((each) => each.key === key).map((each) => Number(each.headers['ce_streamversion']));
  }

  /** The same without duplicates: what a reader with an inbox sees. */
  firstVersionsOf(key: string): readonly number[] {
    return [...new Set(this.versionsOf(key))];
  }
}
