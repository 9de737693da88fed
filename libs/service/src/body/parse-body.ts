/** A body (or query) as an object of the class. Throws Invalid with every fault: `{field, message, allowed}`. */
export function parseBody<T extends object>(_cls: new () => T, _raw: unknown): T {
  throw new Error('not built yet');
}
