/** What {@link startEmbeddedPostgres} is told. */
export interface EmbeddedOptions {
  /** Ours alone; made when missing and kept. */
  readonly dataDir: string;
  /** Else a free one from 15432 up (below 32768: traps.md 54b). */
  readonly port?: number;
  /** One short sentence for each long step. */
  readonly log?: (line: string) => void;
  /** Server settings, as `{fsync: 'off'}`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running server. */
export interface EmbeddedPostgres {
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export function startEmbeddedPostgres(_o: EmbeddedOptions): Promise<EmbeddedPostgres> {
  throw new Error('not built yet');
}
