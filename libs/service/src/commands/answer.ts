/**
 * An answer with headers of the contract. A controller returns it and the interceptor writes it; whatever else a
 * controller returns is a body alone.
 */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Quoted: `"7"`. */
  readonly etag?: string;
  readonly position?: string;
  readonly location?: string;
  /** The stored answer of an earlier request with the same key. */
  readonly replayed?: boolean;
  /** The body holds files: it is written piece by piece, so that others are served between them. */
  readonly inPieces?: boolean;
  /** Headers of one route alone, such as `Disclosure-Id`; a list becomes one line for each item. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

const members: ReadonlySet<string> = new Set([
  ...['status', 'body', 'etag', 'position', 'location', 'replayed', 'inPieces', 'headers'],
]);

export function etagOf(version: number): string {
  return `"${version}"`;
}

/** The answer of a read of one thing. */
export function withEtag(body: unknown, version: number): Answer {
  return { status: 200, body, etag: etagOf(version) };
}

export function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null || !('body' in value)) return false;
  return (
    typeof (value as { status?: unknown }).status === 'number' && Object.keys(value).every((key) => members.has(key))
  );
}
