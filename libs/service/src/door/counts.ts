const windowMs = 60_000;

/** Counts by key within a minute. All keys share the same minute, so the past one is dropped as a whole. */
export class Counts {
  private readonly counted = new Map<string, number>();
  private endsAt = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Adds one; tells whether there are now more than `most`. */
  add(key: string, most: number): boolean {
    this.turn();
    const count = (this.counted.get(key) ?? 0) + 1;
    this.counted.set(key, count);
    return count > most;
  }

  /** Tells whether there are already `most`. */
  isFull(key: string, most: number): boolean {
    this.turn();
    return (this.counted.get(key) ?? 0) >= most;
  }

  /** Milliseconds until all counts restart. */
  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.endsAt - this.now()) / 1000));
  }

  private turn(): void {
    if (this.now() < this.endsAt) return;
    this.counted.clear();
    this.endsAt = this.now() + windowMs;
  }
}

/** The owner of an address: each IPv6 customer gets 2^64 addresses, so we count the /64 network. */
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
