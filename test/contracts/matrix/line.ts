import type { TaskAction } from '#contracts';
import { callers } from './callers.ts';
import type { Scene } from './scene.ts';

/**
 * What a caller is answered:
 *
 * - allowed: `ok` 2xx with something in it · `self` 2xx, of one's own things, were it none · `may` past authorization and
 *   legal, refused only by a stale version (412) · `fact` past authorization, refused by a guard over facts (409) ·
 *   `past` 404 for a thing that nobody has · `form` past authorization, refused for what the body says (400)
 * - refused: `403` this role never · `no` 409, a move of the other side · `401` no token opens it, only the cookie of a
 *   session · `forged` 403, it could come from a page of another site
 * - invisible: `404` the same bytes as for what is not there · `none` 2xx with nothing in it
 */
export const words = {
  allowed: ['ok', 'self', 'may', 'fact', 'past', 'form'],
  refused: ['403', 'no', '401', 'forged'],
  invisible: ['404', 'none'],
} as const;

export type Word = (typeof words)[keyof typeof words][number];

export interface Line {
  /** Method and path as in OpenAPI. */
  readonly route: string;
  /** The value of `{id}` from the scene. */
  readonly id?: keyof Scene;
  readonly action?: TaskAction;
  /** With its question mark; `{client}` and other names of the scene are filled in. */
  readonly query?: string;
  readonly body?: (scene: Scene) => object;
  readonly headers?: Readonly<Record<string, string>>;
  /** One word for each caller, in the order of `callers`. */
  readonly cells: readonly Word[];
  /** Public: answers without a token. */
  readonly open: boolean;
}

export type LineOptions = Pick<Line, 'id' | 'action' | 'query' | 'body' | 'headers'>;

const known: readonly string[] = Object.values(words).flat();

/**
 * `cells` reads: sender P A O S | agency I A | council C N O S | another P A I O S, foreign C | operator. Without the
 * last one, the operator is refused on routes for roles of a network, and otherwise counts as a stranger of another
 * network.
 */
export function line(route: string, cells: string, asked: LineOptions = {}): Line {
  const said = cells.split(/[\s|]+/).filter((word) => word !== '');
  const found = said.length === callers.length - 1 ? [...said, ofOperator(said)] : said;
  const wrong = found.filter((word) => !known.includes(word));
  if (found.length !== callers.length || wrong.length > 0) throw new Error(`${route}: cells are wrong: ${cells}`);
  return { route, ...asked, cells: found as Word[], open: false };
}

function ofOperator(said: readonly string[]): string {
  return said.includes('403') ? '403' : (said.at(-1) ?? '');
}

/** A route that asks for no token: everybody gets the same answer. */
export function openLine(route: string, asked: LineOptions = {}, word: Word = 'ok'): Line {
  return { route, ...asked, cells: callers.map(() => word), open: true };
}
