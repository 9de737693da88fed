/** The peer is away, slow or overloaded: try again later. */
export class PeerUnavailable extends Error {}

/** The peer answered 4xx: asking again will not help. */
export class PeerRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`the peer answered ${status} ${code}`);
  }
}

/** Calls to published routes of other services, as this service's system-client. Never inside a transaction. */
export class Peers {
  /** `path` such as `/api/directory/candidates`. */
  post<T>(_path: string, _body: unknown): Promise<T> {
    throw new Error('not built yet');
  }

  get<T>(_path: string): Promise<T> {
    throw new Error('not built yet');
  }
}
