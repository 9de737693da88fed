import { ServiceUnavailable } from '#service';

/** A stream that can be ended, with a word to its reader. */
export interface Endable {
  replaced(): void;
}

export interface MostStreams {
  readonly ofPerson: number;
  readonly ofAll: number;
}

/** A person has tabs; a process has sockets. */
export const usualMostStreams: MostStreams = { ofPerson: 10, ofAll: 2000 };

/**
 * Streams that are open, by person. The eleventh of a person ends their oldest: the tab that is looked at is the newest,
 * and one that was forgotten gives way. Beyond what a process holds, nobody new is let in for a while.
 */
export class OpenStreams {
  private readonly ofPerson = new Map<string, Set<Endable>>();
  private count = 0;

  constructor(private readonly most: MostStreams = usualMostStreams) {}

  /** Throws {@link ServiceUnavailable} where there are too many of all. Called before a stream is begun. */
  makeRoom(personId: string): void {
    const own = this.ofPerson.get(personId);
    if (own !== undefined && own.size >= this.most.ofPerson) {
      const [oldest] = own;
      oldest?.replaced();
      if (oldest !== undefined) this.closed(personId, oldest);
    }
    if (this.count >= this.most.ofAll) throw new ServiceUnavailable(30);
  }

  opened(personId: string, stream: Endable): void {
    const own = this.ofPerson.get(personId) ?? new Set();
    this.ofPerson.set(personId, own.add(stream));
    this.count += 1;
  }

  closed(personId: string, stream: Endable): void {
    const own = this.ofPerson.get(personId);
    if (own?.delete(stream) !== true) return;
    this.count -= 1;
    if (own.size === 0) this.ofPerson.delete(personId);
  }
}
