import { TooMany } from '../problems/later.problems.ts';
import { addressKey, Counts } from './counts.ts';

/** Far above what a person or a hospital's system does, far below what would block the others. 0: no limit. */
const usualRequestsPerMinute = 12_000;

/** A lower limit than the general one, for one address per minute. Routes with the same name count together. */
export interface FewerPerMinute {
  readonly of: string;
  readonly most: number;
}

/** For all routes and events: large. */
export const documentsPerMinute: FewerPerMinute = { of: 'documents', most: 300 };

/** For valid tokens; one place per token is enough. */
const mostKnownTokens = 10_000;
/**
 * Invalid tokens from one address per minute: this share of the limit, at least this many, and never more than the limit.
 */
const refusalsShare = 20;
const fewestRefusals = 60;

/**
 * Limits what one person, or one address without sign-in, may request from all services of this process together. Throws
 * {@link TooMany}. Refused requests count too: a caller who guesses tokens is soon answered without a check of them.
 */
export class Limits {
  private readonly counts: Counts;
  private readonly knownTokens = new Set<string>();
  private readonly perMinute: number;

  constructor(requestsPerMinute = usualRequestsPerMinute, now?: () => number) {
    this.perMinute = requestsPerMinute;
    this.counts = new Counts(now);
  }

  person(personId: string): void {
    this.count(`person ${personId}`, this.perMinute);
  }

  /** `fewer`: a lower limit for some routes, which is then also counted on its own. */
  address(ip: string, fewer?: FewerPerMinute): void {
    const address = addressKey(ip);
    this.count(`address ${address}`, this.perMinute);
    if (fewer !== undefined) this.count(`${fewer.of} ${address}`, Math.min(fewer.most, this.perMinute));
  }

  /**
   * Runs before a token is verified. A token that was valid a moment ago passes: its person must not suffer for others at
   * the same address.
   */
  beforeToken(ip: string, authorization: string | undefined): void {
    if (this.perMinute === 0 || this.knownTokens.has(authorization ?? '')) return;
    if (this.counts.isFull(refusalsOf(ip), this.refusalsPerMinute)) throw new TooMany(this.counts.secondsLeft);
  }

  tokenHeld(authorization: string | undefined): void {
    if (this.perMinute === 0 || authorization === undefined) return;
    if (this.knownTokens.size >= mostKnownTokens) this.knownTokens.clear();
    this.knownTokens.add(authorization);
  }

  tokenRefused(ip: string, authorization: string | undefined): void {
    this.knownTokens.delete(authorization ?? '');
    if (this.perMinute !== 0) this.counts.add(refusalsOf(ip), this.refusalsPerMinute);
  }

  private count(key: string, most: number): void {
    if (this.perMinute !== 0 && this.counts.add(key, most)) throw new TooMany(this.counts.secondsLeft);
  }

  private get refusalsPerMinute(): number {
    return Math.min(this.perMinute, Math.max(fewestRefusals, Math.ceil(this.perMinute / refusalsShare)));
  }
}

function refusalsOf(ip: string): string {
  return `refusals ${addressKey(ip)}`;
}
