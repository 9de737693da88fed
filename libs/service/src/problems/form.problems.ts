import { Problem } from './problem.ts';

/** One fault in a request's form: where it is, what is wrong, and what would be right. */
export interface FieldFault {
  /** A path into the body such as `needs[0].areaId`, or the name of a header or query parameter. */
  readonly field: string;
  readonly message: string;
  readonly allowed?: string | readonly string[];
}

/** The most faults that one answer names: more of them point to a different kind of mistake. */
export const mostFaults = 50;
/** A path may contain the sender's own keys, however long. */
const longestPath = 200;

/** 400: the form is wrong. Names all faults, up to {@link mostFaults}. */
export class Invalid extends Problem {
  /** One more than we report, if there are more. */
  readonly errors: readonly FieldFault[];

  constructor(found: readonly FieldFault[]) {
    const errors = found.slice(0, mostFaults + 1);
    const more = errors.length > mostFaults;
    super({
      code: 'invalid',
      title: 'Invalid request',
      status: 400,
      detail: more
        ? `More than ${mostFaults} fields are not as required; the first ${mostFaults} are named.`
        : `${errors.length === 1 ? 'One field is' : `${errors.length} fields are`} not as required.`,
      members: { errors: errors.slice(0, mostFaults).map(inShort), ...(more ? { moreErrors: true } : {}) },
    });
    this.errors = errors;
  }
}

function inShort({ field, message, ...rest }: FieldFault): FieldFault {
  if (field.length <= longestPath) return { field, message, ...rest };
  const short = `${field.slice(0, longestPath)}...`;
  return { field: short, message: message.replace(field, () => short), ...rest };
}

/**
 * 400: only instants or days are wrong, because they are outside their windows. The windows move with the clock, so a
 * repeat of a command that was accepted in time still gets its first answer.
 */
export class OutsideWindow extends Invalid {}

/** 401. */
export class Unauthenticated extends Problem {
  constructor() {
    super({
      code: 'unauthenticated',
      title: 'Sign in first',
      status: 401,
      detail: 'A valid token is needed.',
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  }
}

/** 403: none of the actor's roles may ever do this. */
export class RoleRefused extends Problem {
  constructor() {
    super({ code: 'role', title: 'Not for this role', status: 403, detail: 'Your role may not do this.' });
  }
}

/** 403: another site's page may have sent this request, which a cookie would open. */
export class ForeignOrigin extends Problem {
  constructor() {
    super({
      code: 'foreign-origin',
      title: 'Not from this site',
      status: 403,
      detail: 'Only a page of this platform may send this request.',
    });
  }
}

/** 413. */
export class TooLarge extends Problem {
  constructor(mostBytes?: number) {
    const most = mostBytes === undefined ? '' : `: at most ${mostBytes} bytes`;
    super({
      code: 'too-large',
      title: 'Too large',
      status: 413,
      detail: `The body is larger than this route takes${most}.`,
      ...(mostBytes === undefined ? {} : { members: { mostBytes } }),
    });
  }
}

/** 415. */
export class UnsupportedMedia extends Problem {
  constructor() {
    super({
      code: 'unsupported-media',
      title: 'Unsupported media type',
      status: 415,
      detail: 'Send the body as application/json in UTF-8.',
    });
  }
}

/** 428: a ⇄ route without `If-Match`. */
export class PreconditionRequired extends Problem {
  constructor() {
    super({
      code: 'precondition-required',
      title: 'Version required',
      status: 428,
      detail: 'Send If-Match with the version that you last read, such as If-Match: "7".',
    });
  }
}

/** 404: unknown, withheld, another organization's: always the same bytes (contract.md §1). */
export class NotFound extends Problem {
  constructor() {
    super({ code: 'not-found', title: 'Not found', status: 404, detail: 'There is nothing here for you.' });
  }
}
