/** The members of a problem, in addition to those of its code: RFC 9457, `application/problem+json` (contract.md §1). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly [member: string]: unknown;
}

interface ProblemParts {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Members of this code only: ids, codes and counts, never client data. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error answer. Thrown anywhere under a route; the filter writes it unchanged. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>> | undefined;
  private readonly parts: ProblemParts;

  constructor(parts: ProblemParts) {
    super(parts.detail);
    this.name = 'Problem';
    this.status = parts.status;
    this.code = parts.code;
    this.headers = parts.headers;
    this.parts = parts;
  }

  toBody(): ProblemBody {
    const { code, title, status, detail, members } = this.parts;
    return { type: `urn:problem:${code}`, title, status, detail, ...members };
  }
}
