import type { AccessByParam, RouteAccess } from '#access';
import type { RouteFacts } from './route-facts.ts';
import type { Schema } from './schema.ts';

/** The text of contract.md §1 for each problem, for the documentation. */
const problems: Readonly<Record<number, { readonly codes: readonly string[]; readonly description: string }>> = {
  400: {
    codes: ['invalid'],
    description:
      'The form is wrong: `errors` names every field and what is allowed, at most 50; `moreErrors` is set if there are more.',
  },
  401: { codes: ['unauthenticated'], description: 'No valid token.' },
  403: {
    codes: ['role', 'foreign-origin'],
    description: "No role of the caller may ever do this; or another site's page may have sent the request.",
  },
  404: { codes: ['not-found'], description: "Unknown, withheld or another organization's: always the same bytes." },
  409: { codes: ['illegal-move', 'guard'], description: 'Not possible now: the legal moves are listed.' },
  412: { codes: ['stale'], description: 'Changed since it was read: the current version and state are given.' },
  413: {
    codes: ['too-large'],
    description: 'The body is larger than `mostBytes`, the limit of the route.',
  },
  415: { codes: ['unsupported-media'], description: 'The body is not JSON in UTF-8.' },
  422: { codes: ['key-reused'], description: 'The Idempotency-Key was used for another request.' },
  428: { codes: ['precondition-required'], description: 'If-Match is missing.' },
  429: { codes: ['too-many'], description: 'Too many requests: `Retry-After` says when.' },
  503: {
    codes: ['unavailable', 'consent-view-stale'],
    description: 'A dependency is unavailable: `Retry-After` says when to try again.',
  },
};

/** The problems that a route can answer with, in the order of checks. */
export function problemStatuses(
  facts: RouteFacts,
  access: RouteAccess | AccessByParam,
  hasParameters: boolean,
): readonly number[] {
  const command = facts.command;
  const takesBody = command !== undefined || facts.takes !== undefined || facts.takesOneOf !== undefined;
  const found = [
    ...(access === 'public' ? [] : [401]),
    ...(access === 'public' || access === 'signed-in' ? [] : [403]),
    400,
    ...(takesBody ? [413, 415] : []),
    ...(command?.ifMatch === true ? [428] : []),
    ...(hasParameters ? [404] : []),
    ...(command === undefined ? [] : [422, 409]),
    ...(command?.ifMatch === true ? [412] : []),
    429,
    503,
  ];
  return [...new Set([...(facts.refuses ?? []), ...found])];
}

export function problemResponse(status: number, bodyLimit: number): Schema {
  const description = problems[status]?.description ?? '';
  return {
    description: status === 413 ? `${description} The limit of this route: ${bodyLimit} bytes.` : description,
    content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/Problem${status}` } } },
    ...(status === 429 || status === 503
      ? { headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } } }
      : {}),
  };
}

const text = { type: 'string' };
const moves = { type: 'array', items: { type: 'object' } };
const version = { type: 'integer' };
const state = { type: ['string', 'null'] };

const members: Readonly<Record<number, Schema>> = {
  400: {
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: text, message: text, allowed: { anyOf: [text, { type: 'array', items: text }] } },
        required: ['field', 'message'],
      },
    },
    moreErrors: { type: 'boolean' },
  },
  413: { mostBytes: { type: 'integer' } },
  409: { state, version, legalMoves: moves, guard: text, facts: { type: 'object' } },
  412: { version, state },
};

/** `Problem400`, `Problem401`, ... */
export function problemSchemas(): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    Object.entries(problems).map(([status, { codes }]) => [
      `Problem${status}`,
      {
        type: 'object',
        properties: {
          type: { type: 'string', enum: codes.map((code) => `urn:problem:${code}`) },
          title: text,
          status: { type: 'integer', enum: [Number(status)] },
          detail: text,
          ...members[Number(status)],
        },
        required: ['type', 'title', 'status', 'detail'],
      },
    ]),
  );
}
