import { Flag, Text } from '../fields.ts';

/** POST /demo-tokens, only in demo mode: signs a seed person in by login. */
export class SignInForDemo {
  @Text({ maxLength: 100 }) readonly login!: string;
}

/** PATCH /people/:id. An inactive person is signed out everywhere within seconds; their past actions keep their name. */
export class SetPersonActive {
  @Flag() readonly active!: boolean;
}
