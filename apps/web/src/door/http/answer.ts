import type { LegalMoveView } from '#contracts';
import type { TaskState } from '#contracts/codes/task-state';

/** A 2xx answer. */
export interface Answer<Value> {
  readonly ok: true;
  readonly value: Value;
  /** The version of the thing that was read or changed (`ETag`); null for a list. */
  readonly version: number | null;
  /** Where the stream of a command now stands (`Position`). */
  readonly position: string | null;
  /** False: the view does not contain the `after` of the request yet. */
  readonly reached: boolean;
}

/** A field that the API refused: `field` is its path, `allowed` says what is possible. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
  readonly allowed?: string;
}

type PlainCode =
  | 'unauthenticated'
  | 'role'
  | 'not-found'
  | 'too-slow'
  | 'unsupported-media'
  | 'key-reused'
  | 'precondition-required'
  | 'too-many'
  | 'bug'
  | 'unavailable'
  | 'consent-view-stale';

/** Said by the door itself: the API did not answer, or not in its own form. */
type DoorCode = 'no-network' | 'timed-out' | 'cancelled' | 'unknown-form';

interface ByCode {
  readonly invalid: { readonly errors: readonly FieldFault[]; readonly moreErrors: number };
  readonly 'illegal-move': {
    readonly state: TaskState | null;
    readonly version: number;
    readonly legalMoves: readonly LegalMoveView[];
  };
  readonly guard: {
    readonly guard: string;
    readonly facts: Readonly<Record<string, unknown>>;
    readonly legalMoves: readonly LegalMoveView[];
  };
  /** `members`: everything that the answer contains, such as the stored section of a draft. */
  readonly stale: {
    readonly version: number;
    readonly state: TaskState | null;
    readonly members: Readonly<Record<string, unknown>>;
  };
  readonly 'too-large': { readonly mostBytes: number | null };
}

export type ProblemCode = PlainCode | DoorCode | keyof ByCode;

interface ProblemFacts {
  readonly ok: false;
  /** Null where there was no answer. */
  readonly status: number | null;
  /** To be copied into a report of a fault. */
  readonly correlationId: string;
  readonly retryAfterSeconds: number | null;
}

/** Why there is no 2xx answer (contract.md §1). */
export type Problem = {
  readonly [Code in ProblemCode]: ProblemFacts & { readonly code: Code } & (Code extends keyof ByCode
      ? ByCode[Code]
      : unknown);
}[ProblemCode];

export type Result<Value> = Answer<Value> | Problem;

/** One HTTP answer as plain values. `header` finds a header by its name in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

/** The answer of the API as a value; an answer in an unknown form is a problem too. */
export function resultOf<Value>(answer: HttpAnswer, correlationId: string): Result<Value> {
  const { status, header, text } = answer;
  const body = parsed(text);
  if (status < 200 || status > 299) return problemOf(answer, body, correlationId);
  if (body === malformed) return doorProblem('unknown-form', correlationId, status);
  return {
    ok: true,
    value: body as Value,
    version: versionIn(header('etag')),
    position: header('position'),
    reached: header('position-reached') !== 'false',
  };
}

/** A problem that the door itself states. */
export function doorProblem(code: DoorCode, correlationId: string, status: number | null = null): Problem {
  return { ok: false, code, status, correlationId, retryAfterSeconds: null };
}

const malformed = Symbol('not JSON');

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return malformed;
  }
}

/** The version in an ETag, also in the forms that a compressing proxy makes of it: `W/"7"`, `"7-gzip"`. */
function versionIn(etag: string | null): number | null {
  const found = /^(?:W\/)?"(\d+)(?:-\w+)?"$/.exec(etag ?? '');
  return found === null ? null : Number(found[1]);
}

type Members = Readonly<Record<string, unknown>>;

/** The members of each code; null: the body does not have them, so its form is unknown. */
const membersOf: { readonly [Code in PlainCode | keyof ByCode]: (body: Members) => object | null } = {
  invalid: ({ errors, moreErrors }) =>
    Array.isArray(errors) ? { errors: errors as unknown[], moreErrors: Number(moreErrors ?? 0) } : null,
  'illegal-move': ({ state = null, version, legalMoves }) =>
    Array.isArray(legalMoves) ? { state, version, legalMoves: legalMoves as unknown[] } : null,
  guard: ({ guard, facts, legalMoves = [] }) =>
    typeof guard === 'string' ? { guard, facts: facts ?? {}, legalMoves } : null,
  stale: (members) =>
    typeof members['version'] === 'number'
      ? { version: members['version'], state: members['state'] ?? null, members }
      : null,
  'too-large': ({ mostBytes = null }) => ({ mostBytes }),
  unauthenticated: () => ({}),
  role: () => ({}),
  'not-found': () => ({}),
  'too-slow': () => ({}),
  'unsupported-media': () => ({}),
  'key-reused': () => ({}),
  'precondition-required': () => ({}),
  'too-many': () => ({}),
  bug: () => ({}),
  unavailable: () => ({}),
  'consent-view-stale': () => ({}),
};

function problemOf({ status, header }: HttpAnswer, body: unknown, asked: string): Problem {
  const correlationId = header('x-correlation-id') ?? asked;
  const retryAfterSeconds = secondsIn(header('retry-after'));
  const facts = { ok: false, status, correlationId, retryAfterSeconds } as const;
  const said = typeof body === 'object' && body !== null ? (body as Members) : {};
  const code = typeof said['type'] === 'string' ? said['type'].replace(/^urn:problem:/, '') : '';
  const members = Object.hasOwn(membersOf, code) ? membersOf[code as keyof typeof membersOf](said) : null;
  if (members !== null) return { ...facts, code, ...members } as Problem;
  // a proxy in front may answer these without the API's body
  if (status === 502 || status === 503 || status === 504) return { ...facts, code: 'unavailable' };
  if (status === 429) return { ...facts, code: 'too-many' };
  return { ...facts, code: 'unknown-form' };
}

function secondsIn(retryAfter: string | null): number | null {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null;
}
