type WithoutAbsent<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** The fields that have a value: an absent field of an event is absent, neither null nor undefined. */
export function omitAbsent<T extends object>(fields: T): WithoutAbsent<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as WithoutAbsent<T>;
}

/** A value that an earlier check has seen. Throws where it is absent, as that is a bug. */
export function required<T>(value: T | null | undefined, field: string): T {
  if (value === null || value === undefined) throw new Error(`${field} was checked and is not there`);
  return value;
}
