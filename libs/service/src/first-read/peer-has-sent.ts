import type { Readiness } from '../health/readiness.ts';
import type { HasSentAll } from './first-read.ts';

const answerWithinMs = 2_000;

/** Asks the service itself, at its readiness route, which needs no token and answers even when it is not ready. */
export function peerHasSentAll(peersUrl: () => string): HasSentAll {
  return async (service) => {
    const url = `${peersUrl()}/api/${service}/health/ready`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) });
    return hasSentAll((await answer.json()) as Partial<Readiness>);
  };
}

export function hasSentAll({ checks }: Partial<Readiness>): boolean {
  return checks?.['relay']?.allSent === true;
}
