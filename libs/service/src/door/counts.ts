const windowMs = 60_000;

/** Counts within a minute, by key. The minute is the same for all, so that what is past is forgotten at once. */
export class Counts {
  private readonly counted = new Map<string, number>();
  private endsAt = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** One more; whether there are more than `most` of it now. */
  add(key: string, most: number): boolean {
    this.turn();
    const count = (this.counted.get(key) ?? 0) + 1;
    this.counted.set(key, count);
    return count > most;
  }

  /** Whether there have been `most` of it already. */
  isFull(key: string, most: number): boolean {
    this.turn();
    return (this.counted.get(key) ?? 0) >= most;
  }

  /** Until everything is counted anew. */
  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.endsAt - this.now()) / 1000));
  }

  private turn(): void {
    if (this.now() < this.endsAt) return;
    this.counted.clear();
    this.endsAt = this.now() + windowMs;
  }
}

/** Whose an address is: of IPv6 everybody is given 2^64 of them. */
export function addressKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const filled = ip.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return [...left, ...filled, ...right].slice(0, 4).join(':');
}
