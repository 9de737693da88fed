import type { Transport } from '../transport.ts';

export interface EmbeddedTransportOptions {
  /** May create a schema in the database it names. */
  readonly adminUrl: string;
  /** The address of `<service>_app`, whose rights are enough for reading and publishing; the admin's unless told. */
  readonly appUrl?: (service: string) => string;
}

/** Topics as tables in the same PostgreSQL, schema `embedded_transport`; for one process or several that share it. */
export function embeddedTransport(_options: EmbeddedTransportOptions): Transport {
  throw new Error('not built yet');
}
