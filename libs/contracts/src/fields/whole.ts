import 'reflect-metadata';

/** What is wrong with a body as a whole, said of the field that would mend it. */
export interface WholeFault {
  readonly field: string;
  readonly message: string;
  readonly allowed?: string | readonly string[];
}

const check = Symbol('whole');
type Check = (value: never) => readonly WholeFault[];

/** What the fields of a class must be to one another; asked once each of them is right. */
export function Whole(holds: Check): ClassDecorator {
  return (target) => Reflect.defineMetadata(check, holds, target);
}

export function wholeFaults(cls: abstract new () => object, value: object): readonly WholeFault[] {
  const holds = Reflect.getMetadata(check, cls) as ((value: object) => readonly WholeFault[]) | undefined;
  return holds?.(value) ?? [];
}
