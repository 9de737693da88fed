/** Counts how many items from the start are done without a gap, in whatever order they end. */
export class Contiguous {
  private readonly done: boolean[];
  private count = 0;

  constructor(total: number) {
    this.done = new Array<boolean>(total).fill(false);
  }

  /** Marks an item as done, by its place from 0. Marking it twice is harmless. */
  mark(place: number): void {
    if (place < 0 || place >= this.done.length) throw new Error(`there is no place ${place} of ${this.done.length}`);
    this.done[place] = true;
    while (this.done[this.count] === true) this.count += 1;
  }

  /** The number of items done from the start. Only these may be committed (traps.md 10). Never decreases. */
  get length(): number {
    return this.count;
  }

  get complete(): boolean {
    return this.count === this.done.length;
  }
}
