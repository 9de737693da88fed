/** No token, or an invalid one: wrong signature, issuer or audience, expired, or without the claims that we need. 401. */
export class SignInRequired extends Error {
  constructor() {
    super('a valid token is needed');
  }
}

/** The actor holds none of the roles that may ever do this. 403. */
export class RoleNotAllowed extends Error {
  /** `personId`: the person who was refused, for counting. */
  constructor(readonly personId?: string) {
    super('this role may not do this');
  }
}

/** The issuer's keys are unavailable at the moment: the request is not refused, the caller should try again. 503. */
export class IssuerUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('the issuer does not answer', options);
  }
}
