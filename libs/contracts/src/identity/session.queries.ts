import { Text } from '../fields.ts';

/** GET /sessions/:seat/new: a browser's navigation, so every value stands in the address. */
export class SignInWanted {
  @Text({
    optional: true,
    maxLength: 512,
    description: 'Where the browser goes after the sign-in: a path of this platform that begins with one /. Default: /',
  })
  readonly to?: string;
  @Text({
    optional: true,
    maxLength: 100,
    description: 'Demo mode only: the login of a demo person, who is then signed in without a page.',
  })
  readonly login_hint?: string;
  @Text({
    optional: true,
    maxLength: 100,
    description:
      'Languages of the sign-in page in order of preference, such as `es en` (OpenID Connect Core §3.1.2.1).',
  })
  readonly ui_locales?: string;
}
