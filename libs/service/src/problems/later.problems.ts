import { Problem } from './problem.ts';

const retryAfter = (seconds: number): Readonly<Record<string, string>> => ({ 'Retry-After': String(seconds) });

/** 429. */
export class TooMany extends Problem {
  constructor(retryAfterSeconds = 10, detail = 'Wait a moment and try again.') {
    super({
      code: 'too-many',
      title: 'Too many requests',
      status: 429,
      detail,
      headers: retryAfter(retryAfterSeconds),
    });
  }
}

/** 503: a dependency (database, issuer, another service) is unavailable. */
export class ServiceUnavailable extends Problem {
  constructor(retryAfterSeconds = 5) {
    super({
      code: 'unavailable',
      title: 'Not available just now',
      status: 503,
      detail: 'Try again in a moment.',
      headers: retryAfter(retryAfterSeconds),
    });
  }
}

/** 503: our view of consent is older than 60 s, so no client data may leave (contract.md §3.1). */
export class ConsentViewStale extends Problem {
  constructor(retryAfterSeconds = 5) {
    super({
      code: 'consent-view-stale',
      title: 'Consent not known just now',
      status: 503,
      detail: 'The current state of consent is not known. Try again in a moment.',
      headers: retryAfter(retryAfterSeconds),
    });
  }
}

/** 500: an error of ours. The body says nothing; the correlation id is in the answer's header. */
export class Bug extends Problem {
  constructor() {
    super({ code: 'bug', title: 'Fault', status: 500, detail: 'Something went wrong on our side.' });
  }
}
