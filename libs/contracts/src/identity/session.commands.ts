import { Flag } from '../fields.ts';

/** POST /sessions/:seat/token. */
export class RenewSessionToken {
  @Flag({
    optional: true,
    description:
      'False if nobody has worked since the last answer and only the page needs a token, for its live stream: then idleAt ' +
      'stays as it is. Default: true.',
  })
  readonly used?: boolean;
}
