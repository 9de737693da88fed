import { Flag, Text } from '../fields.ts';

/** POST /demo-tokens, in demo mode only: signs a seed person in by login. */
export class SignInForDemo {
  @Text({ maxLength: 100 }) readonly login!: string;
}

/** PATCH /people/:id. Made inactive, a person is signed out everywhere within seconds; what they did stays theirs. */
export class SetPersonActive {
  @Flag() readonly active!: boolean;
}
