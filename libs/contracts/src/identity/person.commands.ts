import { Text } from '../fields.ts';

/** POST /demo-tokens, in demo mode only: signs a seed person in by login. */
export class SignInForDemo {
  @Text({ maxLength: 100 }) readonly login!: string;
}
