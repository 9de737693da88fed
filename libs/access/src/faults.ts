/** No token, or one that does not hold: wrong signature, issuer or audience, outlived, or without the claims we need. 401. */
export class SignInRequired extends Error {
  constructor() {
    super('a valid token is needed');
  }
}

/** The actor holds none of the roles that may ever do this. 403. */
export class RoleNotAllowed extends Error {
  /** `personId`: who was told so, for whoever counts. */
  constructor(readonly personId?: string) {
    super('this role may not do this');
  }
}

/** The issuer's keys cannot be had just now: nobody is refused for that, they are asked to come again. 503. */
export class IssuerUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('the issuer does not answer', options);
  }
}
