import type { Answer, Problem, Result } from '../../door/http/answer.ts';
import { treatmentOf } from '../../door/problems.ts';

/** A read that has no answer. The library of the cache wants it thrown; screens read `problem`. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
    this.name = 'Refusal';
  }
}

export function answered<Value>(result: Result<Value>): Answer<Value> {
  if (!result.ok) throw new Refusal(result);
  return result;
}

/** Whether a read is tried again by itself: only where another try may come to another end, and three times. */
export function isTriedAgain(failures: number, error: Error): boolean {
  return failures < 3 && error instanceof Refusal && treatmentOf(error.problem).repeat === 'same-key';
}
