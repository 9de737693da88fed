import { createRequire } from 'node:module';

/** The part of a kafkajs connection that we change. */
export interface Connection {
  connect(): Promise<boolean>;
}

type ConnectionClass = (new (options: object) => Connection) & { readonly prototype: Connection };

const connecting = new WeakMap<Connection, Promise<boolean>>();
const isMended = Symbol('connects once for all callers');

/** The class whose `connect` {@link connectOnce} changes; a test checks that it still has it. */
export function connectionClass(): ConnectionClass {
  return createRequire(import.meta.url)('kafkajs/src/network/connection') as ConnectionClass;
}

/**
 * In kafkajs 2.2.4, several requests that find a connection closed open a socket each, and only the last one is used. If
 * one of the others ends, the connection counts as closed: requests under way are neither answered nor rejected, and no
 * timeout ends them (network/connectionPool.js, getConnection). Here they all wait for the same socket.
 */
export function connectOnce({ prototype }: ConnectionClass = connectionClass()): void {
  if (isMended in prototype) return;
  const { connect } = prototype;
  Object.assign(prototype, {
    [isMended]: true,
    connect(this: Connection): Promise<boolean> {
      const known = connecting.get(this);
      if (known !== undefined) return known;
      const begun = connect.call(this).finally(() => connecting.delete(this));
      connecting.set(this, begun);
      return begun;
    },
  });
}
