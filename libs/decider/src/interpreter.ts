import type { FieldError, LegalMove } from './decision.ts';
import type { Reading, TransitionRow, Unmet, Vocabulary } from './transition.ts';

/** The row that matches a move and the role in which the caller makes it, or why there is none. */
export type Choice<V extends Vocabulary> =
  | { readonly kind: 'row'; readonly row: TransitionRow<V>; readonly actor: V['actor'] }
  | { readonly kind: 'role' }
  | { readonly kind: 'illegal-move' }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] }
  | { readonly kind: 'guard'; readonly guard: V['guard']; readonly facts: Unmet };

/**
 * Finds the row for one requested move. The order of checks is fixed, so that a caller always gets the most basic reason:
 * 1. may this caller do this at all · 2. is there a row from this state · 3. is the data there · 4. do the guards hold.
 * If several rows match, the first one whose guards hold is used; if none do, the last one's guard is the refusal.
 */
export function chooseRow<V extends Vocabulary, Context, Request extends Context>(
  table: readonly TransitionRow<V>[],
  reading: Reading<V, Context, Request>,
  action: V['action'],
  request: Request,
): Choice<V> {
  const actors = reading.actorsOf(request);
  const mine = table.filter((row) => row.action === action && row.actors.some((actor) => actors.includes(actor)));
  if (mine.length === 0) return { kind: 'role' };

  const here = mine.filter((row) => applies(row, reading, request));
  const first = here[0];
  if (first === undefined) return { kind: 'illegal-move' };

  const errors = reading.faults(first, request);
  if (errors.length > 0) return { kind: 'invalid', errors };

  let refusal: Choice<V> = { kind: 'illegal-move' };
  for (const row of here) {
    const failed = firstUnmet(row, reading, request);
    if (failed === null) return { kind: 'row', row, actor: actingAs(row, actors) };
    refusal = failed;
  }
  return refusal;
}

/**
 * What the caller may do now, in table order: the matching rows whose guards over the thing hold. Guards over facts are
 * not checked, because facts are looked up only when somebody acts.
 */
export function movesOf<V extends Vocabulary, Context, Request extends Context>(
  table: readonly TransitionRow<V>[],
  reading: Reading<V, Context, Request>,
  context: Context,
): readonly LegalMove<V['action']>[] {
  const actors = reading.actorsOf(context);
  const moves = new Map<V['action'], LegalMove<V['action']>>();
  for (const row of table) {
    if (moves.has(row.action) || !row.actors.some((actor) => actors.includes(actor))) continue;
    if (!applies(row, reading, context) || !mayHold(row, reading, context)) continue;
    moves.set(row.action, { action: row.action, needs: row.needs, optional: row.optional });
  }
  return [...moves.values()];
}

function applies<V extends Vocabulary, Context, Request extends Context>(
  row: TransitionRow<V>,
  reading: Reading<V, Context, Request>,
  context: Context,
): boolean {
  return (
    row.from.includes(reading.stateOf(context)) &&
    (row.when ?? []).every((condition: V['condition']) => reading.conditions[condition](context))
  );
}

function mayHold<V extends Vocabulary, Context, Request extends Context>(
  row: TransitionRow<V>,
  reading: Reading<V, Context, Request>,
  context: Context,
): boolean {
  return row.guards.every((name: V['guard']) => {
    const guard = reading.guards[name];
    return guard.over === 'facts' || guard.unmet(context) === null;
  });
}

function firstUnmet<V extends Vocabulary, Context, Request extends Context>(
  row: TransitionRow<V>,
  reading: Reading<V, Context, Request>,
  request: Request,
): Choice<V> | null {
  for (const name of row.guards) {
    const facts = reading.guards[name].unmet(request);
    if (facts !== null) return { kind: 'guard', guard: name, facts };
  }
  return null;
}

function actingAs<V extends Vocabulary>(row: TransitionRow<V>, actors: readonly V['actor'][]): V['actor'] {
  const actor = row.actors.find((each) => actors.includes(each));
  if (actor === undefined) throw new Error(`row ${row.number} was chosen for nobody`);
  return actor;
}
