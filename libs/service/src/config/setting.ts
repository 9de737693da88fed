import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';

/** The rules of settings; each says what it requires of the variable, never what it found. */
export const Address = (...schemes: readonly string[]): PropertyDecorator =>
  Matches(new RegExp(`^(${schemes.join('|')})://\\S+[^/\\s]$`), {
    message: `$property must be a URL that begins with ${schemes.map((each) => `${each}://`).join(' or ')}, without a trailing /`,
  });

export const WholeNumber = (min: number, max: number): PropertyDecorator =>
  all(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
    ),
    IsInt({ message: `$property must be a whole number from ${min} to ${max}` }),
    Min(min, { message: `$property must be at least ${min}` }),
    Max(max, { message: `$property must be at most ${max}` }),
  );

export const OnOff = (): PropertyDecorator =>
  all(
    Transform(({ value }: { value: unknown }) => (value === '1' ? true : value === '0' ? false : value)),
    IsBoolean({ message: '$property must be 1 or 0' }),
  );

export const OneOf = (values: readonly string[]): PropertyDecorator =>
  IsIn([...values], { message: `$property must be one of ${values.join(', ')}` });

export const Brokers = (): PropertyDecorator =>
  Matches(/^[\w.-]+:\d+(,[\w.-]+:\d+)*$/, { message: '$property must be host:port, or several separated by commas' });

export const Secret = (shortest: number): PropertyDecorator =>
  all(
    IsString({ message: `$property is required: at least ${shortest} characters, the same in every process` }),
    MinLength(shortest, { message: `$property must have at least ${shortest} characters` }),
  );

export const MailAddress = (): PropertyDecorator =>
  Matches(/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/, {
    message: '$property must be one e-mail address without a name: referrals@example.org',
  });

export const Word = (): PropertyDecorator => IsString({ message: '$property is required' });

export const MayBeUnset = (): PropertyDecorator => IsOptional();

/** Required only if the other variable is not set. */
export const Unless = (other: string): PropertyDecorator =>
  ValidateIf((config: Readonly<Record<string, unknown>>) => config[other] === undefined);

/** Required, and checked, only if the other variable is set. */
export const NeededWith = (other: string): PropertyDecorator =>
  ValidateIf((config: Readonly<Record<string, unknown>>) => config[other] !== undefined);

// only the first broken rule is reported
function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => decorators.forEach((each) => each(target, key));
}
