import 'reflect-metadata';

/** A fault of a body as a whole, reported for the field that would fix it. */
export interface WholeFault {
  readonly field: string;
  readonly message: string;
  readonly allowed?: string | readonly string[];
}

const check = Symbol('whole');
type Check = (value: never) => readonly WholeFault[];

/** A rule between the fields of a class; checked once each field is valid. */
export function Whole(holds: Check): ClassDecorator {
  return (target) => Reflect.defineMetadata(check, holds, target);
}

export function wholeFaults(cls: abstract new () => object, value: object): readonly WholeFault[] {
  const holds = Reflect.getMetadata(check, cls) as ((value: object) => readonly WholeFault[]) | undefined;
  return holds?.(value) ?? [];
}
