import { TooMany } from '../problems/later.problems.ts';
import { addressKey, Counts } from './counts.ts';

/** Far above what a person or a hospital's system does, far below what would starve the others. 0: no limit. */
export const usualRequestsPerMinute = 12_000;

/** Less than the house's limit, for one address in a minute. Routes that say the same name count together. */
export interface FewerPerMinute {
  readonly of: string;
  readonly most: number;
}

/** Of all routes and events: large. */
export const documentsPerMinute: FewerPerMinute = { of: 'documents', most: 300 };

/** Of tokens that hold; a place for each is enough. */
const mostKnownTokens = 10_000;
/** Wrong tokens from one address in a minute: this share of the limit, and never fewer than so many, nor than the limit. */
const refusalsShare = 20;
const fewestRefusals = 60;

/**
 * How much one person, or one address where nobody signed in, may ask of all services in this process together. Throws
 * {@link TooMany}. Refusals count too: whoever tries tokens is soon answered without a look at them.
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

  /** `fewer`: what may be asked less often than the rest; it is then counted by itself, too. */
  address(ip: string, fewer?: FewerPerMinute): void {
    const address = addressKey(ip);
    this.count(`address ${address}`, this.perMinute);
    if (fewer !== undefined) this.count(`${fewer.of} ${address}`, Math.min(fewer.most, this.perMinute));
  }

  /** Before a token is looked at. One that held a moment ago goes on: its person is not to suffer for the neighbours. */
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
